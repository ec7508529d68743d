import { type blockRoutes, type ResponseOf, toIso } from "@lucid/api";
import { type BlockHeader, type BlockNetwork, epochOf, headerHash, toHex } from "@lucid/protocol";
import type { AppendedBlock, AppendedCheckpoint } from "../append/index.ts";
import { type Head, logSignatureIn, noteToText, type StoredEntry } from "../store/index.ts";

type BlockView = ResponseOf<(typeof blockRoutes)["getBlock"]>;
type AppendView = ResponseOf<(typeof blockRoutes)["appendBlocks"]>;
type AppendedView = AppendView["blocks"][number];
export type CheckpointView = AppendView["checkpoint"];

export const entryToView = ({ genesis }: BlockNetwork, { entry }: StoredEntry): BlockView => {
  const { header, signature } = entry;
  return {
    height: header.height,
    slot: header.slot,
    epoch: epochOf(genesis, header.slot),
    header_hash: headerHash(header),
    sealed_at: toIso(header.sealed_at),
    header,
    signature,
  };
};

export const appendedToView = ({
  height,
  slot,
  headerHash: hash,
}: AppendedBlock): AppendedView => ({
  height,
  slot,
  header_hash: hash,
});

export const headerToAppended = (header: BlockHeader): AppendedBlock => ({
  height: header.height,
  slot: header.slot,
  headerHash: headerHash(header),
});

export const appendedCheckpointToView = (checkpoint: AppendedCheckpoint): CheckpointView => ({
  size: checkpoint.size,
  root: checkpoint.root,
  signature: checkpoint.signature,
  note: noteToText(checkpoint.note),
});

/** The checkpoint of a head that was published. */
export const headToCheckpointView = (
  { genesis }: BlockNetwork,
  { size, root, note }: Head,
): CheckpointView => ({
  size,
  root: toHex(root),
  signature: logSignatureIn(genesis, note) ?? "",
  note: noteToText(note),
});
