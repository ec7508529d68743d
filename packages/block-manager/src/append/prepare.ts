import type { SealedSlot } from "@lucid/api";
import { encodeBlockEntry, headerHash, signHeader } from "@lucid/protocol";
import type { BlockHeader, BlockNetwork, NetworkKeys } from "@lucid/protocol";
import type { AppendedBlock, AppendRefusal, SeedOf } from "./contract.ts";
import { missingKey, nextKeys } from "./network-key.ts";
import { clockProblem, makeHeader } from "./next-block.ts";
import { openBody } from "./slot-body.ts";

/** A block that may be appended. */
export type PreparedBlock = AppendedBlock & {
  entry: Uint8Array;
  body: Uint8Array;
  leaves: number;
};

export type PrepareDeps = {
  network: BlockNetwork;
  /** Unix ms */
  nowMs: number;
  seedOf: SeedOf;
  /** lets others have their turn */
  pause: () => Promise<void>;
};

/**
 * Blocks out of slots that follow on `parent`, up to the first that is refused. Only a key that we do not hold lets
 * those before it stand: whoever changes the key has to append the change first.
 */
export async function prepareBlocks(
  deps: PrepareDeps,
  start: { parent: BlockHeader | null; keys: NetworkKeys },
  slots: readonly SealedSlot[],
): Promise<{ blocks: PreparedBlock[]; keys: NetworkKeys; refusal: AppendRefusal | null }> {
  const blocks: PreparedBlock[] = [];
  let { parent, keys } = start;
  let signer = { key: keys.network_key, seed: await deps.seedOf(keys.network_key) };
  for (const slot of slots) {
    if (signer.key !== keys.network_key)
      signer = { key: keys.network_key, seed: await deps.seedOf(keys.network_key) };
    if (signer.seed === null)
      return { blocks, keys, refusal: missingKey(slot.slot, keys.network_key) };
    const made = makeBlock(deps, { parent, keys }, slot, signer.seed);
    if (!made.ok) return { blocks: [], keys, refusal: made };
    blocks.push(made.block);
    ({ header: parent, keys } = made);
    await deps.pause();
  }
  return { blocks, keys, refusal: null };
}

type MadeBlock = { ok: true; block: PreparedBlock; header: BlockHeader; keys: NetworkKeys };

function makeBlock(
  { network, nowMs }: PrepareDeps,
  { parent, keys }: { parent: BlockHeader | null; keys: NetworkKeys },
  slot: SealedSlot,
  seed: Uint8Array,
): MadeBlock | AppendRefusal {
  const early = clockProblem(network, slot, nowMs);
  if (early !== null) return early;
  const opened = openBody(network.genesis, slot);
  if (!opened.ok) return opened;
  const made = makeHeader(network, parent, slot, opened.body);
  if (!made.ok) return made;
  const { header } = made;
  const next = nextKeys(network, keys, { ...header, body: opened.body });
  if (!next.ok) return next;
  const block = {
    height: header.height,
    slot: header.slot,
    headerHash: headerHash(header),
    entry: encodeBlockEntry(signHeader(header, seed)),
    body: slot.body,
    leaves: opened.body.length,
  };
  return { ok: true, block, header, keys: next.keys };
}
