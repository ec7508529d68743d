/** What is claimed about a log, as `manifest.go` reads and writes it: hashes as base64. */
export type Manifest = {
  origin: string;
  log_key: string;
  cosigner: string;
  seconds: number;
  trees: ClaimedTree[];
  malformed: { case: string; note: string }[] | null;
};

/** The log at one size. */
export type ClaimedTree = {
  size: number;
  checkpoint: string;
  inclusion: ClaimedInclusion[] | null;
  consistency: { old_size: number; proof: string[] | null }[] | null;
};

/** That an entry is in the tree; `file` is the same as a tlog-proof. */
export type ClaimedInclusion = { index: number; proof: string[] | null; file: string };

export const toBase64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString("base64");
export const fromBase64 = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, "base64"));
