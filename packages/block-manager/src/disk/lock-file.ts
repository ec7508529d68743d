import { DatabaseSync } from "node:sqlite";
import { DiskError } from "./disk-error.ts";
import type { DiskLock } from "./port.ts";

const SQLITE_BUSY = 5;

/**
 * SQLite's lock on an empty file of its own: the system lets go of it whichever way the process ends. Such locks belong
 * to the process, so it must never open and close the file otherwise. Throws `disk.locked`.
 */
export function lockFile(path: string, folder: string): DiskLock {
  let database: DatabaseSync | null = null;
  try {
    database = new DatabaseSync(path, { timeout: 0 });
    // A journal in memory, or a file of it would lie beside the lock, also after kill -9.
    database.exec("PRAGMA journal_mode = MEMORY; PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE");
    const held = database;
    return { release: async () => held.close() };
  } catch (cause) {
    database?.close();
    throw isBusy(cause) ? locked(path, folder, cause) : unusable(path, cause);
  }
}

const isBusy = (error: unknown): boolean =>
  error instanceof Error &&
  "errcode" in error &&
  typeof error.errcode === "number" &&
  (error.errcode & 0xff) === SQLITE_BUSY;

const locked = (path: string, folder: string, cause: unknown): DiskError =>
  new DiskError(
    "disk.locked",
    path,
    `Another process uses ${folder}; stop it, or choose another folder`,
    { cause },
  );

const unusable = (path: string, cause: unknown): DiskError => {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new DiskError("disk.failed", path, `Cannot lock ${path} (${reason})`, { cause });
};
