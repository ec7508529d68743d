import type { DiskItem, DiskLock } from "./port.ts";

/**
 * What a disk is made of: single steps, each of which can be the last one before the power fails. Paths are below one
 * root, whose own path is `""`. Throw `DiskError`.
 */
export type Primitives = {
  readonly name: string;
  read(path: string): Promise<Uint8Array | null>;
  /** What lies at a path; null when nothing does. */
  look(path: string): Promise<{ kind: DiskItem["kind"]; bytes: number } | null>;
  /** Names and kinds, in no order; nothing when the folder is not there. */
  list(folder: string): Promise<DiskItem[]>;
  /** Writes a file that may be there already, and makes its content durable, but not its name. */
  writeSynced(path: string, bytes: Uint8Array): Promise<void>;
  rename(from: string, to: string): Promise<void>;
  /** One folder in one that is there; no error when it is there. */
  makeFolder(path: string): Promise<void>;
  /** Makes the names in a folder durable. */
  syncFolder(path: string): Promise<void>;
  /** No error when it is not there. */
  removeFile(path: string): Promise<void>;
  /** An empty folder. */
  removeFolder(path: string): Promise<void>;
  freeBytes(): Promise<number | null>;
  /** Takes a lock file, which ends with the process. */
  lock(path: string): Promise<DiskLock>;
};
