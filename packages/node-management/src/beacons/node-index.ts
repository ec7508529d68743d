import { fromHex, sha256 } from "@lucid/protocol";
import type { RegisteredNode } from "../registry/index.ts";
import { bodyBytes } from "./entry.ts";
import { createRows } from "./rows.ts";

const keyBytes = 32;

/** From the 20 bytes of a node id, as segments hold them, to the node's ordinal and back. */
export type NodeIndex = {
  add(node: Pick<RegisteredNode, "ordinal" | "publicKey">): void;
  /** The ordinal of the id at an offset, -1 when there is no such node. */
  find(bytes: Uint8Array, offset: number): number;
  body(ordinal: number): Uint8Array;
  /** The node's public key, 32 bytes. */
  key(ordinal: number): Uint8Array;
};

/** Open addressing over typed arrays: building presence looks up millions of ids. */
export const createNodeIndex = (): NodeIndex => {
  let bodies = new Uint8Array(1024 * bodyBytes);
  const keys = createRows(keyBytes);
  let table = new Int32Array(1024).fill(-1);
  let size = 0;

  const bodyOf = (ordinal: number): Uint8Array =>
    bodies.subarray(ordinal * bodyBytes, (ordinal + 1) * bodyBytes);
  const isAt = (ordinal: number, bytes: Uint8Array, offset: number): boolean => {
    const start = ordinal * bodyBytes;
    for (let i = 0; i < bodyBytes; i++) if (bodies[start + i] !== bytes[offset + i]) return false;
    return true;
  };
  const keep = (ordinal: number, body: Uint8Array): void => {
    if ((ordinal + 1) * bodyBytes > bodies.length) {
      const more = new Uint8Array(Math.max(bodies.length * 2, (ordinal + 1) * bodyBytes));
      more.set(bodies);
      bodies = more;
    }
    bodyOf(ordinal).set(body);
  };
  /** The place of an id: where it is, or the free place where it belongs. */
  const placeOf = (bytes: Uint8Array, offset: number): number => {
    const mask = table.length - 1;
    let place = hash(bytes, offset) & mask;
    for (;;) {
      const ordinal = table[place] as number;
      if (ordinal === -1 || isAt(ordinal, bytes, offset)) return place;
      place = (place + 1) & mask;
    }
  };
  const grow = (): void => {
    const known = table.filter((ordinal) => ordinal !== -1);
    table = new Int32Array(table.length * 2).fill(-1);
    for (const ordinal of known) table[placeOf(bodies, ordinal * bodyBytes)] = ordinal;
  };

  return {
    add: ({ ordinal, publicKey }) => {
      const key = fromHex(publicKey, keyBytes);
      const body = sha256(key).subarray(0, bodyBytes);
      const place = placeOf(body, 0);
      if (table[place] !== -1) return;
      keep(ordinal, body);
      keys.row(ordinal).set(key);
      table[place] = ordinal;
      size += 1;
      if (size * 2 > table.length) grow();
    },
    find: (bytes, offset) => table[placeOf(bytes, offset)] as number,
    body: bodyOf,
    key: (ordinal) => keys.row(ordinal),
  };
};

/** The id is a hash already; two words of it, so that nobody cheaply makes ids that collide. */
const hash = (bytes: Uint8Array, offset: number): number =>
  word(bytes, offset) ^ Math.imul(word(bytes, offset + 4), 0x9e3779b1);

const word = (bytes: Uint8Array, offset: number): number =>
  (bytes[offset] as number) |
  ((bytes[offset + 1] as number) << 8) |
  ((bytes[offset + 2] as number) << 16) |
  ((bytes[offset + 3] as number) << 24);
