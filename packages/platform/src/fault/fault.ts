/** Something refuses to start or to go on; `code` is stable and dotted, the message names the fix, `details` is for a program. */
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
