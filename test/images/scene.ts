import { randomBytes } from "node:crypto";
import { chmod, cp, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { addressOfKey } from "@lucid/protocol";
import { findFreePort } from "../../packages/cli/src/programs/free-port.ts";
import { jsonLines, lucid, start, type Running } from "../e2e/lucid.ts";
import type { Target } from "./build.ts";
import { run } from "./command.ts";

const OWNER = "65532:65532";
/** Folders that the containers write to besides those of the network. */
const own = ["logs", "cache", "backups"];

/** A demo network on this machine, as its founder prepares it before any container is started. */
export type Scene = {
  readonly folder: string;
  readonly chain: Running;
  readonly settings: {
    readonly [service in Exclude<Target, "agent" | "cli">]: Readonly<Record<string, string>>;
  };
  readonly url: string;
  readonly logUrl: string;
  /** Makes the folder of one node with its owner's wallet; says the wallet's address. */
  addNode(name: string): Promise<string>;
};

export const prepareScene = async (folder: string): Promise<Scene> => {
  const data = join(folder, "data");
  for (const name of own) await mkdir(join(folder, name), { mode: 0o700 });
  const made = await lucid(["init", "--demo", "--json", "--data", data]).ended;
  if (made.code !== 0) throw new Error(made.err);
  const [network] = jsonLines(made.out) as { network_id: string; treasury: string }[];
  if (network === undefined) throw new Error("lucid init said nothing");
  const chain = await startChain(join(folder, "chain"), network.treasury);
  const [port, logPort] = [await findFreePort(18_095), await findFreePort(18_086)];
  const [url, logUrl] = [`http://127.0.0.1:${port}`, `http://127.0.0.1:${logPort}`];
  await prepareSigner(join(folder, "signer"), join(data, "keys/treasury.key"));
  await run("chown", [
    "-R",
    OWNER,
    ...["data", "signer", ...own].map((name) => join(folder, name)),
  ]);
  return {
    folder,
    chain: chain.running,
    url,
    logUrl,
    settings: {
      "block-manager": { BLOCK_MANAGER_PORT: String(logPort), METRICS_PORT: "0" },
      "node-management": {
        NODE_MANAGEMENT_PORT: String(port),
        METRICS_PORT: "0",
        BLOCK_MANAGER_URL: logUrl,
        NODE_ADDRESS: network.treasury,
        SIGNER_SOCKET: "/run/signer/signer.sock",
        PAYOUT_PROCESSING_INTERVAL: "5",
        ...chain.settings,
      },
      signer: {
        NODE_ADDRESS: network.treasury,
        SIGNER_NETWORK_ID: network.network_id,
        SIGNER_LOG_URL: logUrl,
        SIGNER_DELAY_SLOTS: "0",
        SIGNER_MARK_FILE: "/app/logs/journal.mark", // a new signer signs at once
        ...chain.settings,
      },
    },
    addNode: async (name) => {
      const key = randomBytes(32).toString("hex");
      await mkdir(join(folder, name), { mode: 0o700 });
      await writeFile(join(folder, name, "wallet.key"), `${key}\n`, { mode: 0o600 });
      await run("chown", ["-R", OWNER, join(folder, name)]);
      return addressOfKey(key);
    },
  };
};

const startChain = async (folder: string, treasury: string) => {
  const running = start(process.execPath, [
    "packages/tron-devnet/src/main.ts",
    "--dir",
    folder,
    "--block-ms",
    "1000",
    "--fund",
    `${treasury}:100000000:100000000`,
  ]);
  const said = JSON.parse(await running.line(() => true)) as Record<string, string>;
  return {
    running,
    settings: {
      TRON_NETWORK: "local",
      TRON_ENDPOINTS: String(said["url"]),
      TRON_TOKEN: String(said["token"]),
      TRON_GENESIS_BLOCK: String(said["genesis_block_id"]),
    },
  };
};

const prepareSigner = async (folder: string, treasuryKey: string): Promise<void> => {
  await mkdir(join(folder, "run"), { recursive: true, mode: 0o700 });
  await chmod(folder, 0o700);
  await cp(treasuryKey, join(folder, "wallet.key"));
  await chmod(join(folder, "wallet.key"), 0o600);
};
