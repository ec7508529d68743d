import { access, chmod, readdir } from "node:fs/promises";
import { join } from "node:path";
import { exitCode, Failure, makePrivateFolder, writeNewSecret } from "@lucid/agent";
import { parseGenesis, parsePolicy, toHex } from "@lucid/protocol";
import { listKeys } from "./keys.ts";
import type { NetworkPlan } from "./plan.ts";
import { backupSheet } from "./sheet.ts";
import { signerFolder, signerSettings, signerSocket } from "./signer.ts";

/**
 * Writes a planned network into a folder: keys, policy, settings, backup sheet, and `network.json` last, as the sign
 * that everything is there. Never overwrites anything.
 * @returns the backup sheet
 */
export const createNetworkFolder = async (folder: string, plan: NetworkPlan): Promise<string> => {
  await refuseUsed(folder);
  const write = (name: string, text: string) => writeNewSecret(join(folder, name), text);
  // An empty folder becomes ours; one with other things in it is not ours to close.
  if ((await readdir(folder).catch(() => null))?.length === 0) await chmod(folder, 0o700);
  await makePrivateFolder(join(folder, "keys"));
  for (const key of listKeys(plan.keys)) await write(`keys/${key.file}`, `${toHex(key.secret)}\n`);
  const sheet = backupSheet(plan, folder);
  await write("policy.json", json(parsePolicy(plan.policy)));
  await write("lucid.yaml", settings(plan, folder));
  await makePrivateFolder(signerFolder(folder));
  await write("signer/signer.yaml", signerSettings(plan, folder));
  await write("signer/unused", "lucid up makes the journal and removes this\n");
  await write("backup-sheet.txt", sheet);
  await write("network.json", json(parseGenesis(plan.genesis)));
  return sheet;
};

/** Whether a network was made in this folder before. */
export const holdsNetwork = async (folder: string): Promise<boolean> =>
  access(join(folder, "network.json")).then(
    () => true,
    () => false,
  );

const ours = ["keys", "signer", "policy.json", "lucid.yaml", "backup-sheet.txt", "network.json"];

const refuseUsed = async (folder: string): Promise<void> => {
  const names = new Set(await readdir(folder).catch(() => []));
  const found = ours.filter((name) => names.has(name));
  if (found.length === 0) return;
  const complete = names.has("network.json");
  throw new Failure(
    "init.exists",
    complete
      ? `${folder} holds a network already, and nothing is overwritten`
      : `${folder} holds the rest of an interrupted init (${found.join(", ")})`,
    {
      fix: complete
        ? `Start it with lucid up --data ${folder}, or choose another folder with --data`
        : `Remove ${found.map((name) => join(folder, name)).join(" ")} and run it again`,
      exit: exitCode.folder,
    },
  );
};

const json = (value: object): string => `${JSON.stringify(value, null, 2)}\n`;

const settings = ({ genesis, keys }: NetworkPlan, folder: string): string =>
  [
    `# Settings of the services of ${genesis.name}. What is in force, and every other key: lucid config check`,
    `ADMIN_KEYS: "${keys.admin.shows}"`,
    "# The wallet that pays. Its key, keys/treasury.key, is for the signer alone, which answers on a socket.",
    `NODE_ADDRESS: ${keys.treasury.shows}`,
    `SIGNER_SOCKET: ${JSON.stringify(signerSocket(folder))}`,
    "# Pay goes out on `local`, `nile` or `mainnet`; `none` keeps the books and pays nobody.",
    "TRON_NETWORK: none",
    "",
  ].join("\n");
