/** Why a file could not be read; none of these says anything about what the log holds. */
export type SourceErrorCode =
  | "source.path"
  | "source.unreachable"
  | "source.status"
  /** it asks to be left alone for a while */
  | "source.busy"
  | "source.page"
  | "source.redirect"
  | "source.slow"
  | "source.too_large"
  | "source.unreadable";

/** A file of a source that could not be read: the source is at fault, or the way to it. `message` says what to do. */
export class SourceError extends Error {
  readonly code: SourceErrorCode;
  readonly path: string;

  constructor(code: SourceErrorCode, path: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "SourceError";
    this.code = code;
    this.path = path;
  }
}

/** `maxBytes` is where a file is refused as too large; `signal` gives up. */
export type ReadOptions = { maxBytes?: number; signal?: AbortSignal };

/** Where the files of a log are read: a folder, an address, anything with paths. */
export type Source = {
  /** what people call it: the folder or the address */
  readonly name: string;
  /**
   * The bytes at a path (`tile/0/000`), null when there is nothing. Nothing about them is believed.
   * Throws `SourceError`; the reason of `signal` when that is aborted.
   */
  read(path: string, options?: ReadOptions): Promise<Uint8Array | null>;
};
