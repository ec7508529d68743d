import { isSignedByLog, type SignedCheckpoint } from "@lucid/protocol";
import type { Network } from "../shared/network.ts";
import type { SlotDocument } from "./documents.ts";
import type { AppendAnswer } from "./send.ts";

/** Why an answer does not follow from what was sent; null when it does. */
export const answerProblem = (
  { genesis }: Network,
  sent: readonly Pick<SlotDocument, "slot" | "header_hash">[],
  { blocks, checkpoint }: AppendAnswer,
  known: SignedCheckpoint | null,
): string | null => {
  if (blocks.length !== sent.length)
    return `it names ${blocks.length} blocks, but ${sent.length} slots were sent`;
  for (const [i, { slot, header_hash }] of sent.entries()) {
    const block = blocks[i];
    const height = slot - genesis.first_slot;
    if (block?.slot !== slot || block.height !== height)
      return `block ${i} of the answer is not that of slot ${slot}, height ${height}`;
    if (block.header_hash !== header_hash)
      return `it calls the block of slot ${slot} ${block.header_hash}, which is ${header_hash}`;
  }
  const { size, root, signature } = checkpoint;
  const height = (sent.at(-1)?.slot ?? genesis.first_slot) - genesis.first_slot;
  if (size <= height) return `its checkpoint of size ${size} does not cover height ${height}`;
  const log = { origin: genesis.log_origin, logKey: genesis.log_key };
  if (!isSignedByLog({ size, root, signature }, log))
    return `the log's key (log_key of network.json) did not sign its checkpoint of size ${size}`;
  if (known?.size === size && known.root !== root)
    return `its checkpoint of size ${size} has another root than the one known here`;
  return null;
};
