import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { exitCode, Failure, makePrivateFolder, type Io } from "@lucid/agent";
import { addressOfKey, networkId, parseUsdt, type Genesis } from "@lucid/protocol";
import {
  createNetworkFolder,
  holdsNetwork,
  isDemoNetwork,
  planNetwork,
  readGenesis,
  signerMark,
} from "../network-folder/index.ts";

/** The demo's network on disk; a second start finds the same one. */
export type DemoFolder = {
  readonly path: string;
  readonly isNew: boolean;
  readonly genesis: Genesis;
  readonly networkId: string;
  readonly treasury: string;
  readonly treasuryKeyFile: string;
  readonly signerMark: string;
  readonly chain: string;
  logFile(program: string): string;
  agent(name: string): string;
};

/** Each of five nodes passes the payout threshold of 10 USDT in an epoch, also in a first one of a few slots. */
const EPOCH_BUDGET_USDT = "200";

export const openDemoFolder = async (io: Io, path: string): Promise<DemoFolder> => {
  const isNew = !(await holdsNetwork(path));
  if (!isNew) refuseRealNetwork(await readGenesis(path), path);
  await makePrivateFolder(join(path, "logs"));
  if (isNew) await createDemoNetwork(io, path);
  const genesis = await readGenesis(path);
  const treasuryKeyFile = join(path, "keys", "treasury.key");
  return {
    path,
    isNew,
    genesis,
    networkId: networkId(genesis),
    treasury: addressOfKey((await readFile(treasuryKeyFile, "utf8")).trim()),
    treasuryKeyFile,
    signerMark: signerMark(path),
    chain: join(path, "chain"),
    logFile: (program) => join(path, "logs", `${program}.log`),
    agent: (name) => join(path, "agents", name),
  };
};

/** Local money must never be booked for people who wait for real pay. */
const refuseRealNetwork = (genesis: Genesis, path: string): void => {
  if (isDemoNetwork(genesis)) return;
  throw new Failure(
    "demo.real_network",
    `${path} holds the network ${genesis.name}, which is not a demo network`,
    { fix: "Choose another folder with --data", exit: exitCode.folder },
  );
};

const createDemoNetwork = (io: Io, path: string): Promise<string> =>
  createNetworkFolder(
    path,
    planNetwork(
      { nowMs: io.clock.now(), random: io.random },
      {
        name: "demo",
        demo: true,
        admission: "demo",
        budgetMicro: parseUsdt(EPOCH_BUDGET_USDT),
        host: "localhost",
        roots: { count: 1 },
        rootThreshold: 1,
      },
    ),
  );
