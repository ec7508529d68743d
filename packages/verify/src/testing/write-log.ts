import {
  acceptanceWindow,
  createBody,
  createCompactor,
  encode,
  encodeBlockEntry,
  encodeBody,
  encodeCompactedEpoch,
  epochsOfHeight,
  heightsOfEpoch,
  leafHash,
  nextHeader,
  rootOfHashes,
  signHeader,
} from "@lucid/protocol";
import type { BlockEntry, BlockHeader, Body } from "@lucid/protocol";
import { treeFiles } from "./files.ts";
import type { Files } from "./files.ts";
import { signCheckpoint } from "./network.ts";
import type { TestNetwork } from "./network.ts";

/** What is to be sealed in one slot; leaves in any order. */
export type TestDraft = Partial<
  Pick<BlockHeader, "backlog" | "observed" | "policy_hash" | "sealed_at">
> & {
  leaves: Iterable<Uint8Array>;
  /** lies in the header, before it is signed */
  alter?: (header: BlockHeader) => BlockHeader;
};

export type TestBlock = BlockEntry & { body: Body };

/**
 * Blocks as the network's key seals them, one per slot from the first. Without `isSigned` the signatures are zeros, for
 * logs of many blocks whose signatures nobody looks at.
 */
export function sealBlocks(
  network: TestNetwork,
  drafts: readonly TestDraft[],
  { isSigned = true } = {},
): TestBlock[] {
  const blocks: TestBlock[] = [];
  let parent: BlockHeader | null = null;
  for (const draft of drafts) {
    const header = headerOf(network, parent, draft);
    const entry = isSigned
      ? signHeader(header, network.seeds.network)
      : { header, signature: "00".repeat(64) };
    blocks.push({ ...entry, body: createBody(draft.leaves) });
    parent = header;
  }
  return blocks;
}

function headerOf(network: TestNetwork, parent: BlockHeader | null, draft: TestDraft): BlockHeader {
  const slot = network.genesis.first_slot + (parent === null ? 0 : parent.height + 1);
  const header = nextHeader(network, parent, {
    backlog: 0,
    observed: true,
    policy_hash: "11".repeat(32),
    sealed_at: acceptanceWindow(network.genesis, slot).untilMs,
    ...draft,
    body: createBody(draft.leaves),
  });
  return draft.alter === undefined ? header : draft.alter(header);
}

/** The directory of a log of these blocks; of the epochs in `compacted` the bodies are gone where they may. */
export function logFiles(
  network: TestNetwork,
  blocks: readonly TestBlock[],
  { compacted = [] }: { compacted?: readonly number[] } = {},
): Files {
  const entries = blocks.map(encodeBlockEntry);
  const files = treeFiles(entries);
  const head = { size: entries.length, root: rootOfHashes(entries.map(leafHash)) };
  files.set("network.json", encode(network.genesis));
  files.set("checkpoint", signCheckpoint(network, head));
  for (const [height, { body }] of blocks.entries()) {
    const isGone = epochsOfHeight(network.genesis, height).every((e) => compacted.includes(e));
    if (!isGone) files.set(`body/${height}`, encodeBody(body));
  }
  for (const epoch of compacted) files.set(`compact/${epoch}`, compact(network, blocks, epoch));
  return files;
}

function compact(network: TestNetwork, blocks: readonly TestBlock[], epoch: number): Uint8Array {
  const compactor = createCompactor(network, epoch);
  const { from, to } = heightsOfEpoch(network.genesis, epoch);
  for (let height = from; height < to; height++) {
    compactor.add(height, (blocks[height] as TestBlock).body);
  }
  return encodeCompactedEpoch(compactor.finish());
}
