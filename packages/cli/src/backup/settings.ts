import { existsSync } from "node:fs";
import { copyFile, readdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { makePrivateFolder } from "@lucid/agent";
import { configSchema as logSchema } from "@lucid/block-manager";
import { configSchema } from "@lucid/node-management";
import type { ConfigSchema } from "@lucid/platform/config";
import { configSchema as signerSchema } from "@lucid/tron/signer";
import { signerMark, signerSocket } from "../network-folder/index.ts";

/** The settings of the services. */
export const SETTINGS = "lucid.yaml";

const plainFiles = ["policy.json", "backup-sheet.txt"];
const settingsFiles = [SETTINGS, "signer/signer.yaml"];

const secretNames = [configSchema, logSchema, signerSchema].flatMap((schema: ConfigSchema) =>
  Object.entries(schema)
    .filter(([, setting]) => "secret" in setting && setting.secret)
    .map(([name]) => name),
);

/** Settings that hold a secret themselves, or a password in an address. */
const holdsSecret = (text: string): boolean =>
  /:\/\/[^/\s:@]*:[^/\s@]*@/.test(text) ||
  secretNames.some((name) => new RegExp(`^\\s*["']?${name}["']?\\s*:`, "m").test(text));

export type FolderFiles = { readonly plain: readonly string[]; readonly secret: readonly string[] };

/** The files of a network's folder that a backup holds beside store and log; secret ones only encrypted. */
export const listFolder = async (data: string): Promise<FolderFiles> => {
  const keys = (await readdir(join(data, "keys")).catch(() => [])).map((name) => `keys/${name}`);
  const settings = settingsFiles.filter((path) => existsSync(join(data, path)));
  const secretSettings: string[] = [];
  for (const path of settings)
    if (holdsSecret(await readFile(join(data, path), "utf8"))) secretSettings.push(path);
  const walletKey = "signer/wallet.key";
  return {
    plain: [
      ...plainFiles.filter((path) => existsSync(join(data, path))),
      ...settings.filter((path) => !secretSettings.includes(path)),
    ],
    secret: [
      ...keys.toSorted(),
      ...(existsSync(join(data, walletKey)) ? [walletKey] : []),
      ...secretSettings,
    ],
  };
};

/** Copies one file below a folder to the same place below another, for this user only. */
export const carryFile = async (path: string, from: string, to: string): Promise<void> => {
  await makePrivateFolder(dirname(join(to, path)));
  await copyFile(join(from, path), join(to, path));
};

/**
 * The signer's socket and its mark lie in the network's folder: settings that name them there follow the folder. A mark
 * that stayed behind would be written by two signers, or lie where nobody may write.
 */
export const moveSettings = async (data: string, from: string): Promise<void> => {
  for (const file of settingsFiles) {
    const path = join(data, file);
    if (!existsSync(path)) continue;
    const before = await readFile(path, "utf8");
    const after = [signerSocket, signerMark].reduce(
      (text, place) => replaceValue(text, place(from), place(data)),
      before,
    );
    if (after !== before) await writeFile(path, after, { flush: true });
  }
};

/** Another value for the settings that have this one, with or without quotes. */
const replaceValue = (text: string, before: string, after: string): string => {
  const forms = [before, `'${before}'`, JSON.stringify(before)];
  const lines = text.split("\n").map((line) => {
    const [name = "", ...value] = line.split(":");
    return forms.includes(value.join(":").trim()) ? `${name}: ${JSON.stringify(after)}` : line;
  });
  return lines.join("\n");
};
