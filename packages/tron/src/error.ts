export type TronErrorCode =
  | "tron.network.unknown"
  | "tron.network.fixed"
  | "tron.network.incomplete"
  | "tron.network.settings"
  | "tron.network.signing_refused"
  | "tron.key.malformed"
  | "tron.key.other_address"
  | "tron.signer.cap"
  | "tron.signer.refused"
  | "tron.signer.unreachable"
  | "tron.transfer.malformed"
  | "tron.raw.malformed"
  | "tron.raw.refused"
  | "tron.raw.mismatch";

/** A fault in what was asked of this package; what a node answers is never one. */
export class TronError extends Error {
  readonly code: TronErrorCode;
  readonly details: Record<string, unknown>;

  constructor(code: TronErrorCode, message: string, details: Record<string, unknown> = {}) {
    super(message);
    this.name = "TronError";
    this.code = code;
    this.details = details;
  }
}
