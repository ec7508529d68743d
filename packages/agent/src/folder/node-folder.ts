import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import {
  ed25519PublicKey,
  fromHex,
  networkId,
  nodeId,
  parseGenesis,
  toHex,
  type Genesis,
} from "@lucid/protocol";
import { exitCode, Failure } from "../program/index.ts";
import { makePrivateFolder, replaceFile, writeNewSecret } from "./write-new.ts";

/** A node's key pair; `seed` is the secret, 32 bytes. */
export type NodeKey = {
  readonly seed: Uint8Array;
  readonly publicKey: string;
  readonly nodeId: string;
};

/** What an enrolled node holds fast: this network and no other, reached at this service. */
export type Membership = {
  readonly networkId: string;
  readonly genesis: Genesis;
  readonly service: string;
  readonly ownerId: string;
  readonly address: string;
};

export type NodeFolder = {
  readonly path: string;
  /** Makes the key; refuses when there is one. */
  createKey(seed: Uint8Array): Promise<NodeKey>;
  readKey(): Promise<NodeKey>;
  /** null before the first enrolment. */
  readMembership(): Promise<Membership | null>;
  writeMembership(membership: Membership): Promise<void>;
};

/** The folder of one node: `node.key` (64 hex digits, 0600) and, once it is enrolled, `membership.json`. */
export const openNodeFolder = (path: string): NodeFolder => {
  const keyPath = join(path, "node.key");
  const membershipPath = join(path, "membership.json");
  return {
    path,
    async createKey(seed) {
      await makePrivateFolder(path);
      await refuseExisting(keyPath, () => writeNewSecret(keyPath, `${toHex(seed)}\n`));
      return keyOf(seed);
    },
    async readKey() {
      const text = await readOptional(keyPath);
      if (text === null)
        throw new Failure("node.no_key", `there is no node key in ${path}`, {
          fix: `Make one: lucid node init --data ${path}`,
          exit: exitCode.folder,
        });
      await refuseReadableByOthers(keyPath);
      return keyOf(parseSeed(text.trim(), keyPath));
    },
    async readMembership() {
      const text = await readOptional(membershipPath);
      return text === null ? null : parseMembership(text, membershipPath);
    },
    writeMembership: (membership) =>
      replaceFile(membershipPath, `${JSON.stringify(membership, null, 2)}\n`),
  };
};

const keyOf = (seed: Uint8Array): NodeKey => {
  const publicKey = toHex(ed25519PublicKey(seed));
  return { seed, publicKey, nodeId: nodeId(publicKey) };
};

const refuseExisting = async (path: string, write: () => Promise<void>): Promise<void> => {
  try {
    await write();
  } catch (error) {
    if (!hasCode(error, "EEXIST")) throw error;
    throw new Failure("node.key_exists", `${path} exists, and a key is never overwritten`, {
      fix: "Use this node as it is, or choose another folder with --data",
      exit: exitCode.folder,
      cause: error,
    });
  }
};

const refuseReadableByOthers = async (path: string): Promise<void> => {
  const { mode } = await stat(path);
  if ((mode & 0o077) === 0) return;
  throw new Failure("node.key_mode", `${path} can be read by other users of this machine`, {
    fix: `chmod 600 ${path}`,
    exit: exitCode.folder,
  });
};

const parseSeed = (text: string, path: string): Uint8Array => {
  if (/^[0-9a-f]{64}$/.test(text)) return fromHex(text, 32);
  throw new Failure("node.key_damaged", `${path} does not hold 64 hex digits`, {
    fix: "Restore it from your backup; a lost key means a new node",
    exit: exitCode.folder,
  });
};

const parseMembership = (text: string, path: string): Membership => {
  try {
    const value = JSON.parse(text) as Membership;
    const genesis = parseGenesis(value.genesis);
    if (networkId(genesis) !== value.networkId) throw new Error("network id and genesis differ");
    return { ...value, genesis };
  } catch (cause) {
    throw new Failure("node.membership_damaged", `${path} is damaged`, {
      fix: "Remove it and run lucid node enrol again: an enrolled node is found again",
      exit: exitCode.folder,
      cause,
    });
  }
};

const readOptional = async (path: string): Promise<string | null> => {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    if (hasCode(error, "ENOENT")) return null;
    throw error;
  }
};

const hasCode = (error: unknown, code: string): boolean =>
  error instanceof Error && "code" in error && error.code === code;
