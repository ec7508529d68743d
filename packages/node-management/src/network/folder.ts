import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fromHex, networkId, parseGenesis, type Problem, ProtocolError } from "@lucid/protocol";
import { Fault } from "../shared/fault.ts";
import type { Network } from "../shared/network.ts";

/** Reads genesis from network.json. Throws `data.missing` or `network.genesis`, each with the fix. */
export const readNetwork = (dataPath: string): Network => {
  const path = join(dataPath, "network.json");
  const document = readJson(path, "data.missing");
  try {
    const genesis = parseGenesis(document);
    return { genesis, networkId: networkId(genesis) };
  } catch (error) {
    if (!(error instanceof ProtocolError)) throw error;
    const problems = error.details["problems"] as readonly Problem[] | undefined;
    const detail = problems?.map((problem) => `${problem.pointer} ${problem.detail}`).join("; ");
    throw new Fault(
      "network.genesis",
      `${path} is not a genesis document (${detail ?? error.message}); put back the one that \`lucid init\` wrote`,
    );
  }
};

/** Reads policy.json, the first policy, unchecked. */
export const readFirstPolicy = (dataPath: string): unknown =>
  readJson(join(dataPath, "policy.json"), "data.missing");

/** Reads a file of 64 hex digits. Throws `data.key`; the message never holds what was in the file. */
export const readKeyFile = (path: string): string => {
  const text = readText(path, "data.key").trim();
  if (/^[0-9a-f]{64}$/.test(text)) return text;
  throw new Fault(
    "data.key",
    `${path} has to hold a key of 64 lower-case hex digits, as \`lucid init\` writes it`,
  );
};

export const readKeySeed = (path: string): Uint8Array => fromHex(readKeyFile(path), 32);

const readJson = (path: string, code: string): unknown => {
  const text = readText(path, code);
  try {
    return JSON.parse(text) as unknown;
  } catch (cause) {
    throw new Fault(
      "network.genesis",
      `${path} is not JSON (${String(cause)}); put back the one that \`lucid init\` wrote`,
    );
  }
};

const readText = (path: string, code: string): string => {
  try {
    return readFileSync(path, "utf8");
  } catch (cause) {
    const reason = cause instanceof Error && "code" in cause ? String(cause.code) : String(cause);
    throw new Fault(
      code,
      `cannot read ${path} (${reason}): make a network with \`lucid init --data <folder>\`, or name its folder with LUCID_DATA_PATH`,
    );
  }
};
