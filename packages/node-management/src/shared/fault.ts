/** Something broke that no caller can decide about. `code` is stable and dotted, `details` is for a program. */
export class Fault extends Error {
  readonly code: string;
  readonly details: Record<string, unknown>;

  constructor(code: string, message: string, details: Record<string, unknown> = {}) {
    super(message);
    this.name = "Fault";
    this.code = code;
    this.details = details;
  }
}
