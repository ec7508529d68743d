export type DataErrorCode = "data.missing" | "data.key" | "network.genesis";

/** A file of the data folder is not there or not what it has to be; the message names it and the fix. */
export class DataError extends Error {
  readonly code: DataErrorCode;

  constructor(code: DataErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "DataError";
    this.code = code;
  }
}
