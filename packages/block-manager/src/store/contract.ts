import type {
  BlockEntry,
  BlockNetwork,
  SubtreeHashes,
  LeafRange,
  Tile,
  TileEdge,
} from "@lucid/protocol";
import type { Disk, DiskFile } from "../disk/index.ts";

/** The published state of the log: everything below a checkpoint that is durable and signed by the log key. */
export type Head = {
  /** blocks in the log */
  readonly size: number;
  readonly root: Uint8Array;
  /** the file `checkpoint`, with all its signatures */
  readonly note: Uint8Array;
  /** the right edge of the tree: what an append grows */
  readonly edge: TileEdge;
  /** the last entry; null in an empty log */
  readonly latest: BlockEntry | null;
};

/** An entry of the log as its bytes stand in the tree. */
export type StoredEntry = { height: number; bytes: Uint8Array; entry: BlockEntry };

/**
 * The directory of one log, open in this process alone. Guarantees:
 * - *published*: what `head()` says is durable, and never gets smaller or other;
 * - what is written but not published does not count, and is swept away at the next start;
 * - one change at a time: `exclusive` runs them in the order they came.
 * Reads throw `StoreError` `store.damaged` (with the path) for files that contradict the head, `DiskError` for the disk.
 */
export type Store = AsyncDisposable & {
  readonly network: BlockNetwork;
  readonly disk: Disk;

  /** The published state. */
  head(): Head;
  /** Calls `listener` after every change of the head; answers how to stop. */
  onPublished(listener: (head: Head) => void): () => void;

  /**
   * Runs a change alone. When it throws, what is in memory is forgotten and read from the disk again before the next.
   * Everything that writes into the directory goes through here: append, cosignatures, mirror, compaction, repairs.
   */
  exclusive<Result>(change: (writer: StoreWriter) => Promise<Result>): Promise<Result>;

  /** Entries from height `from` up to, not including, `to`; authenticated by their tiles. */
  entries(from: number, to: number): AsyncIterable<StoredEntry>;
  /** One entry; throws `store.range` for a height that the log does not have. */
  entry(height: number): Promise<StoredEntry>;
  /** The entries of the bundle at an index as bytes; authenticated like `entries`, without looking into them. */
  bundle(index: number): Promise<readonly Uint8Array[]>;
  /** The file `body/<height>` as it lies there; null when it was compacted. A body without leaves has no file: empty. */
  body(height: number): Promise<Uint8Array | null>;
  /** A tile or bundle of the published tree, cut from a wider one if need be; null when it is not there. */
  tile(tile: Tile): Promise<Uint8Array | null>;
  /** The subtrees that these ranges need (see `inclusionRanges`, `consistencyRanges`), authenticated by the head's root. */
  subtrees(ranges: readonly LeafRange[]): Promise<SubtreeHashes>;
  /** The root that the log had at an earlier size. */
  rootAt(size: number): Promise<Uint8Array>;
};

/** What a change may do; valid only until it ends. */
export type StoreWriter = {
  head(): Head;
  /** Makes files durable that no checkpoint covers yet, or that replace damaged ones. Never `checkpoint`. */
  write(files: readonly DiskFile[]): Promise<void>;
  /**
   * Makes a checkpoint the published one: a larger one, or other signatures of the same. Everything that it covers MUST
   * be durable before. Throws `store.checkpoint` unless the log key signed it and the tiles on disk lead to its root,
   * `store.backwards` for a smaller one or another root of the same size. That it extends the head is for the caller to
   * know: an appender by growing the edge, a follower by checking.
   */
  publish(note: Uint8Array): Promise<Head>;
  remove(paths: readonly string[]): Promise<void>;
  /** Moves a file to `quarantine/`, with the reason beside it. */
  quarantine(path: string, reason: string): Promise<void>;
};

/** What happened in the store; for metrics and logs. */
export type StoreEvent =
  | { type: "published"; from: number; to: number }
  /** a start, or a reading again after a fault: what an interrupted change had left and was swept away or finished */
  | { type: "recovered"; finished: number | null; removed: readonly string[] }
  /** a damaged file that kept the store from opening was replaced; the old one, if any, is in quarantine */
  | { type: "mended"; path: string; quarantine: string }
  | { type: "fault"; error: unknown };
