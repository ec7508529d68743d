import { closeSync, existsSync, mkdirSync, openSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { fileFix } from "../../data-folder/index.ts";
import { DocumentsError } from "../errors.ts";
import { isBusy, toDocumentsError } from "./faults.ts";

/** A folder that this process alone uses until `release`, or until it dies. */
export type Folder = { release(): void };

const lockName = "store.lock";
const markerName = "store.json";
const privateMode = 0o600;

/**
 * Takes the folder of a store. Without `create`, a folder whose marker or database is not there is refused, because it is
 * more likely a disk that is not mounted than a first start.
 * Throws `documents.missing` or `documents.locked`.
 */
export function claimFolder(path: string, { create }: { create: boolean }): Folder {
  const folder = dirname(path);
  if (create) mkdirSync(folder, { recursive: true, mode: 0o700 });
  refuseMissing(path, create);
  return lock(folder);
}

function refuseMissing(path: string, create: boolean): void {
  const marker = markerPath(path);
  const [hasMarker, hasDatabase] = [existsSync(marker), existsSync(path)];
  if (hasMarker && !hasDatabase) {
    refuse(
      `${marker} says that a store lives here, but ${path} is gone; restore a backup, or delete the marker`,
    );
  }
  if (create || hasMarker) return;
  if (hasDatabase)
    refuse(
      `${path} is there without its marker ${marker}; if it was restored, open it once with create`,
    );
  refuse(`There is no store at ${path}; mount its disk, or create it if this is the first start`);
}

/**
 * SQLite's own lock on a file of its own: the system lets go of it whichever way the process ends, and the database
 * stays open to tools that only read.
 */
function lock(folder: string): Folder {
  const path = join(folder, lockName);
  makePrivateFile(path);
  let database: DatabaseSync | null = null;
  try {
    database = new DatabaseSync(path, { timeout: 0 });
    database.exec("PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE");
    const held = database;
    return { release: () => held.close() };
  } catch (error) {
    database?.close();
    throw isBusy(error) ? lockedBy(folder, error) : toDocumentsError(error, path);
  }
}

function lockedBy(folder: string, cause: unknown): DocumentsError {
  return new DocumentsError(
    "documents.locked",
    `Another process uses ${folder}; stop it, or choose another folder`,
    { folder, cause },
  );
}

/**
 * Makes a file that only this user can read, for SQLite to fill: its own would follow the umask, and everything it puts
 * beside a database has the database's mode. A file that is there stays as it is. Throws `documents.failed`.
 */
export function makePrivateFile(path: string): void {
  try {
    closeSync(openSync(path, "a", privateMode));
  } catch (cause) {
    const reason = fileFix(cause, dirname(path)) ?? String(cause);
    throw new DocumentsError("documents.failed", `Cannot write ${path}: ${reason}`, { cause });
  }
}

/** Writes the marker of a new store, or checks that the one there is names the same store as the database. */
export function checkMarker(path: string, storeId: string): void {
  const marker = markerPath(path);
  if (!existsSync(marker)) {
    writeFileSync(marker, `${JSON.stringify({ store: storeId })}\n`, {
      flag: "wx",
      flush: true,
      mode: privateMode,
    });
    return;
  }
  const text = readFileSync(marker, "utf8");
  if (text.includes(JSON.stringify(storeId))) return;
  refuse(
    `${marker} names another store than the one in ${path}; put back the database that belongs to it`,
  );
}

const markerPath = (path: string) => join(dirname(path), markerName);

function refuse(message: string): never {
  throw new DocumentsError("documents.missing", message);
}
