import { readFile, realpath, stat } from "node:fs/promises";
import { join, sep } from "node:path";
import { SourceError } from "../source.ts";
import type { ReadOptions, Source } from "../source.ts";
import { assertPath, DEFAULT_MAX_BYTES, tooLarge } from "./path.ts";

/**
 * A log in a folder of this machine. Reads plain files below it only: a path or link that leads elsewhere throws
 * `source.path`, what is no file or may not be read `source.unreadable`, a larger file than `maxBytes`
 * `source.too_large`; a folder that is not there `source.unreachable`.
 */
export function openFolder(folder: string): Source {
  return {
    name: folder,
    async read(path, { maxBytes = DEFAULT_MAX_BYTES, signal }: ReadOptions = {}) {
      assertPath(path);
      signal?.throwIfAborted();
      const file = await locate(folder, path);
      return file === null ? null : await readWhole(file, path, maxBytes);
    },
  };
}

/** The file behind links; null when there is none. */
async function locate(folder: string, path: string): Promise<string | null> {
  const root = await realpathOrNull(folder, path);
  if (root === null) {
    throw new SourceError("source.unreachable", path, `there is no folder ${folder}`);
  }
  const file = await realpathOrNull(join(root, path), path);
  if (file !== null && !file.startsWith(root.endsWith(sep) ? root : root + sep)) {
    throw new SourceError("source.path", path, `${path} is a link out of ${folder}`);
  }
  return file;
}

async function realpathOrNull(file: string, path: string): Promise<string | null> {
  try {
    return await realpath(file);
  } catch (cause) {
    if (isAbsent(cause)) return null;
    throw unreadable(path, cause);
  }
}

async function readWhole(file: string, path: string, maxBytes: number): Promise<Uint8Array | null> {
  try {
    const found = await stat(file); // before it is opened: opening a pipe would wait for a writer
    if (!found.isFile()) throw new SourceError("source.unreadable", path, `${path} is no file`);
    if (found.size > maxBytes) throw tooLarge(path, maxBytes);
    const bytes = new Uint8Array(await readFile(file));
    if (bytes.length > maxBytes) throw tooLarge(path, maxBytes);
    return bytes;
  } catch (cause) {
    if (cause instanceof SourceError) throw cause;
    if (isAbsent(cause)) return null;
    throw unreadable(path, cause);
  }
}

function isAbsent(cause: unknown): boolean {
  const code = (cause as NodeJS.ErrnoException).code;
  return code === "ENOENT" || code === "ENOTDIR";
}

function unreadable(path: string, cause: unknown): SourceError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new SourceError("source.unreadable", path, `${path} cannot be read: ${reason}`, { cause });
}
