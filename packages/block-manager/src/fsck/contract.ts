import type { NoteKey } from "@lucid/protocol";
import type { Disk } from "../disk/index.ts";

/** What is wrong with a path. */
export type FindingCode =
  /** must be there and is not */
  | "missing"
  /** is not what the checkpoint, or its own rules, say */
  | "damaged"
  /** belongs to nothing in the log */
  | "superfluous"
  /** what an interrupted write left; the next start sweeps it away */
  | "leftover";

/** `path` is relative to the directory; `detail` says what was expected. */
export type Finding = {
  readonly path: string;
  readonly code: FindingCode;
  readonly detail: string;
};

/** How much was checked. */
export type FsckCounts = {
  entries: number;
  tiles: number;
  bundles: number;
  bodies: number;
  /** bodies that were rebuilt from compacted epochs */
  rebuilt: number;
  compacted: number;
};

export type FsckReport = {
  /** no findings */
  readonly clean: boolean;
  /** blocks under the checkpoint; null when there is none to believe */
  readonly size: number | null;
  readonly findings: readonly Finding[];
  readonly checked: FsckCounts;
};

export type FsckProgress = {
  readonly step: "blocks" | "files";
  readonly done: number;
  readonly of: number;
};

export type FsckOptions = {
  /** hex; the network that the directory must belong to, when it is known */
  networkId?: string;
  /** whose cosignatures the checkpoint may bear; without it they are not looked at */
  cosigners?: readonly NoteKey[];
  /** what is being written right now is no leftover: the service runs beside */
  live?: boolean;
  onProgress?: (progress: FsckProgress) => void;
  signal?: AbortSignal;
};

/** Verifies a whole directory again, byte for byte; changes nothing. */
export type Fsck = (disk: Disk, options?: FsckOptions) => Promise<FsckReport>;
