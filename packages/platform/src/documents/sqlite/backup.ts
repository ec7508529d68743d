import { existsSync } from "node:fs";
import { open, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { backup, type DatabaseSync } from "node:sqlite";
import { DocumentsError } from "../errors.ts";

/** Copies through the writing connection, whose later commits the copy then takes along instead of starting over. */
export async function backupTo(database: DatabaseSync, target: string): Promise<void> {
  if (existsSync(target)) {
    throw new DocumentsError("documents.exists", `${target} exists already; choose a new name`, { target });
  }
  const partial = `${target}.partial`;
  await rm(partial, { force: true });
  await backup(database, partial);
  await flush(partial);
  await rename(partial, target);
  await flush(dirname(target));
}

async function flush(path: string): Promise<void> {
  const handle = await open(path, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
