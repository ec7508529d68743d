import { existsSync } from "node:fs";
import { join } from "node:path";
import { readKeySeed } from "@lucid/platform/data-folder";
import { Fault } from "@lucid/platform/fault";
import {
  type BlockNetwork,
  ed25519PublicKey,
  fromHex,
  MAX_NOTE_SIGNATURES,
  type NoteKey,
  parseVerifierKey,
  ProtocolError,
  toHex,
} from "@lucid/protocol";
import type { SeedOf } from "./append/index.ts";
import type { BlockManagerConfig } from "./config.ts";

/** What signs; each asks its file anew, so that a replaced key counts at once. */
export type Signers = {
  readonly network: SeedOf;
  readonly log: SeedOf;
  /** What signs the checkpoint of an empty log. */
  readonly logSeed: Uint8Array;
};

/** The files of the keys that an appending block-manager signs with. Throws `data.key` or `network.key`. */
export const openSigners = (config: BlockManagerConfig, { genesis }: BlockNetwork): Signers => {
  const keys = join(config.LUCID_DATA_PATH, "keys");
  const networkFile = config.NETWORK_KEY_FILE ?? join(keys, "network.key");
  const logFile = config.LOG_KEY_FILE ?? join(keys, "log.key");
  readKeySeed(networkFile); // whether it is the key in force, the log has to say
  const logSeed = readKeySeed(logFile);
  if (toHex(ed25519PublicKey(logSeed)) !== genesis.log_key) {
    throw new Fault(
      "network.key",
      `${logFile} holds another key than the log_key of network.json: put back the file that \`lucid init\` made with it, or name it with LOG_KEY_FILE`,
    );
  }
  return { network: seedOf(networkFile), log: seedOf(logFile), logSeed };
};

const seedOf =
  (file: string): SeedOf =>
  async (publicKey) => {
    const seed = readKeySeed(file);
    return toHex(ed25519PublicKey(seed)) === publicKey ? seed : null;
  };

/** Public keys whose tokens count. Throws `config.token_keys` for none where they are needed. */
export const readTokenKeys = (config: BlockManagerConfig): Uint8Array[] => {
  const { TOKEN_KEYS: given, BLOCK_MANAGER_MODE: mode } = config;
  if (given.length > 0) return given.map((key) => fromHex(key, 32));
  const file = join(config.LUCID_DATA_PATH, "keys", "token.key");
  if (existsSync(file)) return [ed25519PublicKey(readKeySeed(file))];
  if (mode === "follow") return [];
  throw new Fault(
    "config.token_keys",
    `TOKEN_KEYS is empty and there is no ${file}: without one, nobody may append; give the public key that node-management signs tokens with`,
  );
};

/** The keys of outside witnesses. Throws `config.witness_keys` that names the one that is none, or for too many. */
export const readWitnessKeys = ({ WITNESS_KEYS: texts }: BlockManagerConfig): NoteKey[] => {
  const room = MAX_NOTE_SIGNATURES - 1;
  if (texts.length > room) {
    const detail = `WITNESS_KEYS names ${texts.length} witnesses, but a checkpoint has room for ${room}`;
    throw new Fault("config.witness_keys", `${detail}: remove some`);
  }
  return texts.map((text) => {
    const key = parseWitnessKey(text);
    if (key.type === 0x04) return key;
    throw badWitnessKey(text, "it signs notes (type 1) and does not cosign (type 4)");
  });
};

const parseWitnessKey = (text: string): NoteKey => {
  try {
    return parseVerifierKey(text);
  } catch (error) {
    if (error instanceof ProtocolError) throw badWitnessKey(text, error.message);
    throw error;
  }
};

const badWitnessKey = (text: string, detail: string): Fault =>
  new Fault("config.witness_keys", `WITNESS_KEYS: ${JSON.stringify(text)}: ${detail}`);
