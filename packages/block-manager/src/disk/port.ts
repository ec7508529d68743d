/** What lies in a folder. */
export type DiskItem = { name: string; kind: "file" | "folder" };

/** A file to write: a path below the root of the disk (`tile/0/000`) and what it holds. */
export type DiskFile = { path: string; bytes: Uint8Array };

/**
 * One folder of durable files. Paths are relative, with `/`, without `.`, `..` and empty parts. Everything that resolves
 * MUST survive kill -9 and power loss from then on; what was cut off in the middle leaves the old file, or the new one,
 * never a part, and beside it at most a file that ends in `.tmp` or `.next`. Throws `DiskError`.
 */
export type Disk = {
  /** what people call it: the folder */
  readonly name: string;
  /** The bytes of a file; null when it is not there. The file `lock` is never read: that would let go of the lock. */
  read(path: string): Promise<Uint8Array | null>;
  /** How many bytes a file has, null when it is not there. */
  size(path: string): Promise<number | null>;
  /** What lies in a folder (`""`: the root), by name; nothing when it is not there. */
  list(folder: string): Promise<readonly DiskItem[]>;
  /** Writes files, making their folders; in no order among each other, so what depends on another is a later call. */
  write(files: readonly DiskFile[]): Promise<void>;
  /**
   * Replaces one file whose content is a promise: `<path>.next` is durable, its name included, before it becomes
   * `<path>`. So whoever saw the new content at `path` can rely on one of the two being there for ever.
   */
  publish(file: DiskFile): Promise<void>;
  /** Moves a file, making the folder it goes to; replaces what is there. */
  move(from: string, to: string): Promise<void>;
  /** Removes files, and folders with all they hold; what is not there is no error. */
  remove(paths: readonly string[]): Promise<void>;
  /** A folder of this disk as a disk of its own. */
  folder(name: string): Disk;
  /** Free space in bytes for this process; null when the system does not say. */
  freeBytes(): Promise<number | null>;
  /** Takes the folder for this process alone until `release` or its end; throws `disk.locked`. */
  lock(): Promise<DiskLock>;
};

export type DiskLock = { release(): Promise<void> };

/** Where `publish` keeps what is about to become a file. */
export const nextOf = (path: string): string => `${path}.next`;

/** Where `write` keeps what is not complete yet. */
export const temporaryOf = (path: string): string => `${path}.tmp`;
