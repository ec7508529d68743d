import type { HeaderProblem } from "@lucid/protocol";

/**
 * What is wrong with the structure of a log, in words that stay: `*_missing` is a file that must be there, the others a
 * file or a block that contradicts what authenticates it.
 */
export type LogErrorCode =
  | "network_missing"
  /** network.json is no genesis */
  | "network"
  /** it is another network than the one that was asked for */
  | "network_id"
  | "checkpoint_missing"
  /** no note of this log: malformed, unsigned, of another origin or key */
  | "checkpoint"
  /** the entries and tiles agree, and lead to another root than the checkpoint's */
  | "tree"
  | "tile_missing"
  | "tile"
  | "bundle_missing"
  /** an entry bundle that is none, or whose entries are not those of the tree */
  | "bundle"
  /** bytes of the tree that are no block entry */
  | "entry"
  | "signature"
  | `link.${HeaderProblem["code"]}`
  /** neither the body nor the compacted epochs it follows from */
  | "body_missing"
  /** a body that breaks the rules for bodies */
  | "body"
  | "body_count"
  | "body_root"
  | "observed"
  /** a compacted epoch that is none */
  | "compact"
  /** a change of keys that the root keys have not signed, or not of the key in force */
  | "key_change"
  /** the log continues one that was lost, which is not read */
  | "succession"
  /** it does not extend a checkpoint that is trusted */
  | "consistency"
  /** a height or leaf was asked for that the log does not have */
  | "range";

/** Where in a log: height of a block, index of a leaf in its body, path of a file; what is known of it. */
export type LogPlace = { height?: number; leaf?: number; path?: string };

/** The log contradicts itself, its genesis or what was trusted. `message` says how. */
export class LogError extends Error {
  readonly code: LogErrorCode;
  readonly place: LogPlace;

  constructor(code: LogErrorCode, place: LogPlace, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "LogError";
    this.code = code;
    this.place = place;
  }
}
