import { mkdir, open, readdir, readFile, rename, rm, rmdir, stat, statfs } from "node:fs/promises";
import { join } from "node:path";
import { fileFix } from "@lucid/platform/data-folder";
import { DiskError } from "./disk-error.ts";
import { lockFile } from "./lock-file.ts";
import type { Primitives } from "./primitives.ts";

const FOLDER_MODE = 0o755;

/** A folder of the file system. */
export function createNodePrimitives(root: string): Primitives {
  const at = (path: string): string => join(root, path);

  return {
    name: root,
    read: async (path) => {
      const bytes = await absentAsNull(path, () => readFile(at(path)));
      // A view that behaves like every other one: slices of a Buffer share its memory.
      return bytes && new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length);
    },
    look: (path) =>
      absentAsNull(path, async () => {
        const found = await stat(at(path));
        return found.isDirectory()
          ? { kind: "folder" as const, bytes: 0 }
          : { kind: "file" as const, bytes: found.size };
      }),
    list: async (folder) => {
      const found = await absentAsNull(folder, () => readdir(at(folder), { withFileTypes: true }));
      return (found ?? []).map((item) => ({
        name: item.name,
        kind: item.isDirectory() ? ("folder" as const) : ("file" as const),
      }));
    },
    writeSynced: (path, bytes) =>
      faults(path, async () => {
        await using file = await open(at(path), "w");
        await file.writeFile(bytes);
        await file.sync();
      }),
    rename: (from, to) => faults(from, () => rename(at(from), at(to))),
    makeFolder: (path) =>
      faults(path, async () => {
        await mkdir(at(path), { recursive: true, mode: FOLDER_MODE });
      }),
    syncFolder: (path) =>
      faults(path, async () => {
        await using folder = await open(at(path), "r");
        await folder.sync();
      }),
    removeFile: (path) => faults(path, () => rm(at(path), { force: true })),
    removeFolder: (path) => faults(path, () => rmdir(at(path))),
    freeBytes: () =>
      faults("", async () => {
        const { bavail, bsize } = await statfs(root);
        return bavail * bsize;
      }),
    lock: async (path) => lockFile(at(path), root),
  };

  async function absentAsNull<Result>(
    path: string,
    read: () => Promise<Result>,
  ): Promise<Result | null> {
    try {
      return await read();
    } catch (error) {
      if (["ENOENT", "ENOTDIR"].includes(systemCode(error))) return null;
      throw toDiskError(error, path);
    }
  }

  async function faults<Result>(path: string, step: () => Promise<Result>): Promise<Result> {
    try {
      return await step();
    } catch (error) {
      throw toDiskError(error, path);
    }
  }

  function toDiskError(cause: unknown, path: string): DiskError {
    const code = systemCode(cause);
    const reason = fileFix(cause, root) ?? String(cause);
    return ["ENOSPC", "EDQUOT"].includes(code)
      ? new DiskError("disk.full", path, `No room left in ${root}; free some space`, { cause })
      : new DiskError("disk.failed", path, `Cannot use ${at(path)}: ${reason}`, { cause });
  }
}

const systemCode = (error: unknown): string =>
  error instanceof Error && "code" in error ? String(error.code) : "";
