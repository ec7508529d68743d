import { pack, unpack } from "./codec.ts";
import { DocumentsError } from "./errors.ts";

/** A document of any engine as one line of JSON (NDJSON), int64 and bytes exact; `lineToDocument` reads it back. */
export const documentToLine = (document: Record<string, unknown>): string =>
  `${JSON.stringify(pack(document))}\n`;

/** Reads what `documentToLine` wrote. Throws `documents.damaged`. */
export const lineToDocument = (line: string): Record<string, unknown> => {
  try {
    const document = unpack(JSON.parse(line));
    if (typeof document === "object" && document !== null && !Array.isArray(document))
      return document as Record<string, unknown>;
  } catch (cause) {
    throw damaged(cause);
  }
  throw damaged(undefined);
};

const damaged = (cause: unknown): DocumentsError =>
  new DocumentsError("documents.damaged", "A line holds no document", { cause });
