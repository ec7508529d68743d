/** The signer cannot start or go on; `message` says what to do. */
export class SignerFault extends Error {
  readonly code: `signer.${string}` | `config.${string}`;

  constructor(code: SignerFault["code"], message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "SignerFault";
    this.code = code;
  }
}

export const reasonOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error);
