export type DocumentsErrorCode =
  | "documents.definition"
  | "documents.invalid"
  | "documents.query"
  | "documents.overflow"
  | "documents.closed"
  | "documents.full"
  | "documents.failed"
  | "documents.locked"
  | "documents.missing"
  | "documents.damaged"
  | "documents.refused"
  | "documents.unreachable"
  | "documents.newer"
  | "documents.unsafe";

/** A fault of the store or of its use; what a write comes to is a value, never this. */
export class DocumentsError extends Error {
  readonly code: DocumentsErrorCode;
  readonly details: Record<string, unknown>;

  constructor(code: DocumentsErrorCode, message: string, details: Record<string, unknown> = {}) {
    const { cause, ...rest } = details;
    super(message, cause === undefined ? undefined : { cause });
    this.name = "DocumentsError";
    this.code = code;
    this.details = rest;
  }
}
