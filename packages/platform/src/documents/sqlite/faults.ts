import { DocumentsError } from "../errors.ts";

const SQLITE = {
  BUSY: 5,
  IOERR: 10,
  CORRUPT: 11,
  FULL: 13,
  TOOBIG: 18,
  CONSTRAINT: 19,
  MISMATCH: 20,
  NOTADB: 26,
};

/** Whether the store failed, and not only the one write that was asked for. */
export function isFaultOfStore(error: unknown): boolean {
  const code = sqliteCode(error);
  return code !== null && ![SQLITE.CONSTRAINT, SQLITE.TOOBIG, SQLITE.MISMATCH].includes(code);
}

/** An I/O error at COMMIT: the pages may have reached the disk or not. */
export const isLostReply = (error: unknown) => sqliteCode(error) === SQLITE.IOERR;

/** Another connection, of this process or another, holds the lock. */
export const isBusy = (error: unknown) => sqliteCode(error) === SQLITE.BUSY;

/** Errors of SQLite as the port's; any other error as it is. */
export function toDocumentsError(error: unknown, store = "The store"): Error {
  if (!(error instanceof Error)) return new Error(String(error));
  const code = sqliteCode(error);
  return code === null ? error : describe(code, error, store);
}

function describe(code: number, cause: Error, store: string): DocumentsError {
  const reason = cause.message;
  if (code === SQLITE.FULL) {
    return new DocumentsError(
      "documents.full",
      `No room left for documents (${reason}); free some space`,
      { cause },
    );
  }
  if (code === SQLITE.CORRUPT || code === SQLITE.NOTADB) {
    return new DocumentsError(
      "documents.damaged",
      `${store} is damaged (${reason}); restore a backup`,
      { cause },
    );
  }
  if (reason === "integer overflow") {
    return new DocumentsError("documents.overflow", "A sum leaves 64 bits; ask for it in parts", {
      cause,
    });
  }
  return new DocumentsError("documents.failed", `${store} failed: ${reason}`, { cause });
}

/** The primary result code of an error of SQLite (https://sqlite.org/rescode.html), null for any other error. */
function sqliteCode(error: unknown): number | null {
  if (!(error instanceof Error) || !("errcode" in error) || typeof error.errcode !== "number")
    return null;
  return error.errcode & 0xff;
}
