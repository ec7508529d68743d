export type DiskErrorCode =
  /** no room left; nothing of the write counts */
  | "disk.full"
  | "disk.locked"
  /** the folder is not there, or is no folder */
  | "disk.missing"
  /** the system refused: no permission, an input or output error */
  | "disk.failed"
  /** a path that leaves the folder or is not in its one form */
  | "disk.path";

/** A fault of the disk or of its use; `message` names the path and what to do. */
export class DiskError extends Error {
  readonly code: DiskErrorCode;
  readonly path: string;

  constructor(code: DiskErrorCode, path: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "DiskError";
    this.code = code;
    this.path = path;
  }
}
