import { isDeepStrictEqual } from "node:util";
import type { Fields } from "./port.ts";

/** Whether a stored document says what a compare-and-set expects of it; `undefined` expects a field to be absent. */
export function meets<T extends object>(stored: T, expect: Fields<T>): boolean {
  return Object.entries(expect).every(([field, value]) =>
    isEqual(Object.hasOwn(stored, field) ? stored[field as keyof T] : undefined, value),
  );
}

/** The document with a patch over it; what the patch sets to `undefined` is gone. */
export function patched<T extends { id: string }>(stored: T, patch: Omit<Fields<T>, "id">): T {
  const document = { ...stored, ...patch, id: stored.id };
  const kept = Object.entries(document).filter(([, value]) => value !== undefined);
  return Object.fromEntries(kept) as T;
}

/** A Buffer and a Uint8Array with the same bytes are equal here. */
function isEqual(a: unknown, b: unknown): boolean {
  const areBytes = a instanceof Uint8Array && b instanceof Uint8Array;
  return areBytes ? Buffer.compare(a, b) === 0 : isDeepStrictEqual(a, b);
}
