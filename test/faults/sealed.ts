import { nodeId, toHex } from "@lucid/protocol";
import { openLog } from "@lucid/verify";
import { openFolder } from "@lucid/verify/folder";

/** The acknowledged beacons (`<node_id> <slot>`) that do not stand in the block of their slot. */
export async function findUnsealed(
  folder: string,
  acknowledged: Iterable<string>,
): Promise<string[]> {
  const log = await openLog(openFolder(folder));
  const sealed = new Set<string>();
  for await (const { header, body } of log.blocks(0, log.checkpoint.size))
    for (const { leaf } of body)
      if (leaf.kind === "beacon") sealed.add(`${nodeId(toHex(leaf.publicKey))} ${header.slot}`);
  return [...acknowledged].filter((beacon) => !sealed.has(beacon));
}
