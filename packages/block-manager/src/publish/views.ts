import { type blockRoutes, type ResponseOf, toIso } from "@lucid/api";
import { type BlockHeader, type BlockNetwork, epochOf, headerHash } from "@lucid/protocol";
import type { AppendedBlock } from "../append/index.ts";
import { noteToText, type PublishedCheckpoint, type StoredEntry } from "../store/index.ts";

type BlockView = ResponseOf<(typeof blockRoutes)["getBlock"]>;
type AppendView = ResponseOf<(typeof blockRoutes)["appendBlocks"]>;
type AppendedView = AppendView["blocks"][number];
type CheckpointView = AppendView["checkpoint"];

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

export const checkpointToView = ({ note, ...signed }: PublishedCheckpoint): CheckpointView => ({
  ...signed,
  note: noteToText(note),
});
