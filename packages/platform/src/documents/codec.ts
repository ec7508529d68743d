import { DocumentsError } from "./errors.ts";

/**
 * JSON cannot hold 64-bit integers or bytes. Inside fields that nest some, they are strings with a mark:
 * `~i` and decimal digits, `~b` and base64; a string that begins with `~` itself gets a second one.
 */
export function pack(value: unknown): unknown {
  if (typeof value === "bigint") return `~i${value}`;
  if (typeof value === "string") return value.startsWith("~") ? `~${value}` : value;
  if (value instanceof Uint8Array) return `~b${Buffer.from(value).toString("base64")}`;
  return mapInside(value, pack);
}

export function unpack(value: unknown): unknown {
  if (typeof value !== "string" || !value.startsWith("~")) return mapInside(value, unpack);
  if (value[1] === "i") return BigInt(value.slice(2));
  if (value[1] === "b") return new Uint8Array(Buffer.from(value.slice(2), "base64"));
  return value.slice(1);
}

/** False for text with a NUL or half a surrogate pair, at any depth: no engine stores those exactly. */
export function isStorableText(value: unknown): boolean {
  if (typeof value === "string") return value.isWellFormed() && !value.includes("\0");
  if (value instanceof Uint8Array || typeof value !== "object" || value === null) return true;
  return Object.entries(value).every(
    ([key, inside]) => isStorableText(key) && isStorableText(inside),
  );
}

function mapInside(value: unknown, map: (inside: unknown) => unknown): unknown {
  if (Array.isArray(value)) return value.map(map);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inside]) => [key, map(inside)]));
}

/** Whether an id is a text of 1 to 512 characters that every engine stores exactly. */
export const isStorableId = (id: unknown): boolean =>
  typeof id === "string" && id.length > 0 && id.length <= 512 && isStorableText(id);

/** The refusal of a document that no engine stores exactly. */
export const unstorable = (name: string): DocumentsError =>
  new DocumentsError(
    "documents.invalid",
    `A document for "${name}" has an id that is empty or longer than 512, or text with NUL or half a surrogate pair`,
    { name },
  );
