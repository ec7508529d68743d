import { headerHash, inclusionProof, leafHash, subtreesOf } from "@lucid/protocol";
import type { Log } from "./contract.ts";
import { LogError } from "./log-error.ts";

/** Proves leaves by the entry and body of their block, which are proven as they are read. */
export function createLeafProofs({ entry, body }: Pick<Log, "entry" | "body">): Log["leaf"] {
  return async (height, index) => {
    const { entry: found, bytes: entryBytes, proof: entryProof } = await entry(height);
    const { header } = found;
    const leaves = await body(header);
    const leaf = leaves[index];
    if (leaf === undefined) {
      const detail = `the block at ${height} has ${leaves.length} leaves, none with index ${index}`;
      throw new LogError("range", { height, leaf: index }, detail);
    }
    const hashOf = subtreesOf(leaves.map(({ bytes }) => leafHash(bytes)));
    return {
      height,
      index,
      ...leaf,
      bodyProof: inclusionProof(index, leaves.length, hashOf),
      header,
      headerHash: headerHash(header),
      entryBytes,
      entryProof,
    };
  };
}
