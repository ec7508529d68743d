import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { makePrivateFolder, type Io } from "@lucid/agent";
import { addressOfKey, networkId, parseGenesis, parseUsdt, type Genesis } from "@lucid/protocol";
import { createNetworkFolder, holdsNetwork, planNetwork } from "../network-folder/index.ts";

/** The demo's network on disk; a second start finds the same one. */
export type DemoFolder = {
  readonly path: string;
  readonly isNew: boolean;
  readonly genesis: Genesis;
  readonly networkId: string;
  readonly treasury: string;
  readonly treasuryKeyFile: string;
  readonly chain: string;
  logFile(program: string): string;
  agent(name: string): string;
};

/** Each of five nodes passes the payout threshold of 10 USDT in an epoch, also in a first one of a few slots. */
const EPOCH_BUDGET_USDT = "200";

export const openDemoFolder = async (io: Io, path: string): Promise<DemoFolder> => {
  await makePrivateFolder(join(path, "logs"));
  const isNew = !(await holdsNetwork(path));
  if (isNew) await createDemoNetwork(io, path);
  const genesis = parseGenesis(JSON.parse(await readFile(join(path, "network.json"), "utf8")));
  const treasuryKeyFile = join(path, "keys", "treasury.key");
  return {
    path,
    isNew,
    genesis,
    networkId: networkId(genesis),
    treasury: addressOfKey((await readFile(treasuryKeyFile, "utf8")).trim()),
    treasuryKeyFile,
    chain: join(path, "chain"),
    logFile: (program) => join(path, "logs", `${program}.log`),
    agent: (name) => join(path, "agents", name),
  };
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
