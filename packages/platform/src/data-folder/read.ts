import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import {
  type BlockNetwork,
  fromHex,
  networkId,
  parseGenesis,
  type Problem,
  ProtocolError,
} from "@lucid/protocol";
import { DataError, type DataErrorCode } from "./data-error.ts";
import { fileFix } from "./file-fix.ts";

/** Lies in a folder for as long as a restore into it is not over, and names the backup. */
export const RESTORE_MARK = "restore-unfinished";

/** Reads genesis from network.json. Throws `data.missing` or `network.genesis`, each with the fix. */
export const readNetwork = (dataPath: string): BlockNetwork => {
  const path = join(dataPath, "network.json");
  const document = readJson(path);
  try {
    const genesis = parseGenesis(document);
    return { genesis, networkId: networkId(genesis) };
  } catch (error) {
    if (!(error instanceof ProtocolError)) throw error;
    const problems = error.details["problems"] as readonly Problem[] | undefined;
    const detail = problems?.map((problem) => `${problem.pointer} ${problem.detail}`).join("; ");
    throw damaged(path, `is not a genesis document (${detail ?? error.message})`);
  }
};

/** Reads policy.json, the first policy, unchecked. Throws `data.missing` or `network.genesis`. */
export const readFirstPolicy = (dataPath: string): unknown =>
  readJson(join(dataPath, "policy.json"));

/** Reads a file of 64 hex digits. Throws `data.key`; the message never holds what was in the file. */
export const readKeyFile = (path: string): string => {
  const text = readText(path, "data.key").trim();
  if (/^[0-9a-f]{64}$/.test(text)) return text;
  throw new DataError(
    "data.key",
    `${path} has to hold a key of 64 lower-case hex digits, as \`lucid init\` writes it`,
  );
};

/** The 32 bytes of `readKeyFile`. */
export const readKeySeed = (path: string): Uint8Array => fromHex(readKeyFile(path), 32);

const readJson = (path: string): unknown => {
  const text = readText(path, "data.missing");
  try {
    return JSON.parse(text) as unknown;
  } catch (cause) {
    throw damaged(path, `is not JSON (${String(cause)})`);
  }
};

const damaged = (path: string, detail: string): DataError =>
  new DataError("network.genesis", `${path} ${detail}; put back the one that \`lucid init\` wrote`);

const readText = (path: string, code: DataErrorCode): string => {
  try {
    return readFileSync(path, "utf8");
  } catch (cause) {
    const reason = cause instanceof Error && "code" in cause ? String(cause.code) : String(cause);
    const fix = fileFix(cause, dirname(path)) ?? missingFix(path, code);
    throw new DataError(code, `cannot read ${path} (${reason}): ${fix}`, { cause });
  }
};

/** A new network is no remedy for one that lacks a key, or that is about to come back. */
const missingFix = (path: string, code: DataErrorCode): string => {
  if (code === "data.key")
    return "put your copy of this key there, mode 600; backup-sheet.txt of the network says which one it is";
  return existsSync(join(dirname(path), RESTORE_MARK))
    ? "a restore into this folder is not over; run the same `lucid restore` again"
    : "make a network with `lucid init --data <folder>`, or name its folder with LUCID_DATA_PATH";
};
