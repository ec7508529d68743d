/**
 * The one error class of this package: something broke a rule of the protocol at its door.
 *
 * `code` is stable and dotted (`bytes.hex`, `wallet.address.checksum`), `message` says what is wrong and how to
 * fix it, `details` holds what a program needs (for documents: `problems`, each with a JSON pointer).
 */
export class ProtocolError extends Error {
  readonly code: string;
  readonly details: Record<string, unknown>;

  constructor(code: string, message: string, details: Record<string, unknown> = {}) {
    super(message);
    this.name = "ProtocolError";
    this.code = code;
    this.details = details;
  }
}
