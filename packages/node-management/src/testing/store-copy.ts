import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import type { PayerWorld } from "./payer-world.ts";

/** A copy of a world's store on the disk as it is now; returns its path. One for each world. */
export const keepCopy = ({ dir }: Pick<PayerWorld, "dir">): string => {
  const folder = join(dir, "copy");
  mkdirSync(folder);
  const path = join(folder, "store.sqlite");
  const file = new DatabaseSync(join(dir, "store.sqlite"));
  file.exec(`VACUUM INTO '${path}'`);
  file.close();
  return path;
};
