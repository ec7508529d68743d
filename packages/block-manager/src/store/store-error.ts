export type StoreErrorCode =
  /** an empty directory where a log is known to be: a disk that is not mounted, or lost */
  | "store.missing"
  /** the directory of another network */
  | "store.network"
  /** no checkpoint of this log: unsigned, of another key, or the tiles lead to another root */
  | "store.checkpoint"
  /** a checkpoint that takes back what was published */
  | "store.backwards"
  /** the key that we hold is not the one that the log goes on with */
  | "store.key"
  /** a file that contradicts the checkpoint, or is not there; `path` names it */
  | "store.damaged"
  /** a height, size or tile that the log does not have */
  | "store.range"
  | "store.closed";

/** A fault of the store; one clear line, which names the path and what to do. */
export class StoreError extends Error {
  readonly code: StoreErrorCode;
  readonly path: string | null;

  constructor(
    code: StoreErrorCode,
    message: string,
    { path = null, ...options }: ErrorOptions & { path?: string | null } = {},
  ) {
    super(message, options);
    this.name = "StoreError";
    this.code = code;
    this.path = path;
  }
}
