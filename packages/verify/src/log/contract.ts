import type {
  BlockEntry,
  BlockHeader,
  Body,
  Genesis,
  Leaf,
  NetworkKeys,
  VerifiedCosignature,
} from "@lucid/protocol";
import type { Source } from "../source.ts";

/** A state of a log that somebody vouches for. */
export type TrustedCheckpoint = { size: number; root: Uint8Array };

/** The checkpoint of a log, signed by its key. */
export type LogCheckpoint = TrustedCheckpoint & {
  /** what is signed: origin, size and root on a line each */
  text: string;
  /** the file as it is served, with all its signatures */
  note: Uint8Array;
  /** the key (hex) that signed it; a walk to its end tells whether that key was in force */
  logKey: string;
  /** those of the cosigners that were named when the log was opened */
  cosignatures: readonly VerifiedCosignature[];
};

/** One entry of a log, as its bytes stand in the tree. */
export type LogEntry = { height: number; bytes: Uint8Array; entry: BlockEntry };

/** A block that holds together; see `Log.blocks` for what that means. */
export type LogBlock = {
  height: number;
  header: BlockHeader;
  headerHash: string;
  entry: BlockEntry;
  body: Body;
  /** where a walk can go on after this block */
  state: WalkState;
};

/** What a walk must know of the blocks before it; JSON, so that a follower can keep it. */
export type WalkState = { parent: BlockHeader | null; keys: NetworkKeys };

/** A leaf with what proves it: from the leaf to the body root, from the entry to the checkpoint's root. */
export type ProvenLeaf = {
  height: number;
  index: number;
  bytes: Uint8Array;
  leaf: Leaf;
  /** inclusion proof of the leaf in the tree of `header.body_count` leaves under `header.body_root` */
  bodyProof: readonly Uint8Array[];
  header: BlockHeader;
  headerHash: string;
  /** what the log holds: `JCS({header, signature})` */
  entryBytes: Uint8Array;
  /** inclusion proof of the entry at index `height` under the checkpoint */
  entryProof: readonly Uint8Array[];
};

/**
 * A log whose genesis and checkpoint hold. Everything it answers is proven up to the root of that checkpoint, so it does
 * not move when the source grows. All of it throws `LogError` for what does not hold and `SourceError` for what could
 * not be read.
 */
export type Log = {
  readonly source: Source;
  readonly genesis: Genesis;
  /** hex */
  readonly networkId: string;
  /** whether it was compared with an id that was known before */
  readonly isPinned: boolean;
  readonly checkpoint: LogCheckpoint;
  /** the keys of the genesis, before the first block */
  readonly start: WalkState;

  /** Entries from height `from` up to, not including, `to`: in the tree, and canonical. No more than that. */
  entries(from: number, to: number): AsyncIterable<LogEntry>;

  /**
   * Blocks from height `from` up to, not including, `to`: entries that are signed by the network key in force and
   * linked to the block before, each with the body that its header names, read or rebuilt from compacted epochs. A walk
   * that does not begin at 0 needs the `state` of the block before it.
   */
  blocks(from: number, to: number, state?: WalkState): AsyncIterable<LogBlock>;

  /** One entry, with its proof up to the checkpoint; whose signature it bears is not checked. */
  entry(height: number): Promise<LogEntry & { proof: readonly Uint8Array[] }>;

  /** The body that an entry's header names. */
  body(header: BlockHeader): Promise<Body>;

  /** One leaf with what proves it. */
  leaf(height: number, index: number): Promise<ProvenLeaf>;

  /** Throws `consistency` unless this log extends an older checkpoint (same size: the same root). */
  extend(trusted: TrustedCheckpoint): Promise<void>;
};
