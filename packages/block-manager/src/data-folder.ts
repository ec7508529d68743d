import { readFileSync } from "node:fs";
import { join } from "node:path";
import {
  type BlockNetwork,
  fromHex,
  networkId,
  parseGenesis,
  type Problem,
  ProtocolError,
} from "@lucid/protocol";
import { Fault } from "./shared/fault.ts";

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
    throw notGenesis(path, detail ?? error.message);
  }
};

/** The 32 bytes in a file of 64 hex digits. Throws `data.key`; the message never holds what was in the file. */
export const readKeySeed = (path: string): Uint8Array => {
  const text = readText(path, "data.key").trim();
  if (/^[0-9a-f]{64}$/.test(text)) return fromHex(text, 32);
  throw new Fault(
    "data.key",
    `${path} has to hold a key of 64 lower-case hex digits, as \`lucid init\` writes it`,
  );
};

const readJson = (path: string): unknown => {
  const text = readText(path, "data.missing", "put the one of the network to follow there,");
  try {
    return JSON.parse(text) as unknown;
  } catch (cause) {
    throw notGenesis(path, String(cause));
  }
};

const notGenesis = (path: string, detail: string): Fault =>
  new Fault(
    "network.genesis",
    `${path} is not a genesis document (${detail}); put back the one that \`lucid init\` wrote`,
  );

const readText = (path: string, code: string, orElse = ""): string => {
  try {
    return readFileSync(path, "utf8");
  } catch (cause) {
    const reason = cause instanceof Error && "code" in cause ? String(cause.code) : String(cause);
    const fixes = ["make a network with `lucid init --data <folder>`,", orElse].filter(Boolean);
    const fix = `${fixes.join(" ")} or name its folder with LUCID_DATA_PATH`;
    throw new Fault(code, `cannot read ${path} (${reason}): ${fix}`, { cause });
  }
};
