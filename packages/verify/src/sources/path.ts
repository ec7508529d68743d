import { SourceError } from "../source.ts";

/** Throws `source.path` for a path that could leave its source: only plain names between slashes are read. */
export function assertPath(path: string): void {
  const names = path.split("/");
  if (names.every((name) => /^[A-Za-z0-9_.-]+$/.test(name) && !/^\.+$/.test(name))) return;
  throw new SourceError("source.path", path, `${JSON.stringify(path)} is no path inside a log`);
}

/** Where a file is refused when nobody said otherwise. */
export const DEFAULT_MAX_BYTES = 64 * 2 ** 20;

export function tooLarge(path: string, maxBytes: number): SourceError {
  return new SourceError("source.too_large", path, `${path} has more than ${maxBytes} bytes`);
}
