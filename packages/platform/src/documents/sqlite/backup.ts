import { existsSync } from "node:fs";
import { open, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { backup, type DatabaseSync } from "node:sqlite";
import { DocumentsError } from "../errors.ts";
import { makePrivateFile } from "./folder.ts";

/** More pages than a database can have: one step copies one moment, and no later commit makes it start over. */
const allPages = 2 ** 31 - 1;

/** Copies through a connection of its own in another thread, so that readers and writers go on. */
export async function backupTo(openReader: () => DatabaseSync, target: string): Promise<void> {
  if (existsSync(target)) {
    throw new DocumentsError("documents.exists", `${target} exists already; choose a new name`, {
      target,
    });
  }
  const partial = `${target}.partial`;
  await rm(partial, { force: true });
  makePrivateFile(partial);
  const database = openReader();
  try {
    await backup(database, partial, { rate: allPages });
  } finally {
    database.close();
  }
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
