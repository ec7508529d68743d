import { statSync } from "node:fs";
import { openToRead } from "./integrity.ts";

/** Reads the whole file beside whoever works on it. */
export const inspectSqlite = (path: string): string => {
  openToRead(path).close();
  return `SQLite, ${(statSync(path).size / 2 ** 20).toFixed(1)} MiB, read through`;
};
