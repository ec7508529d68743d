import { existsSync } from "node:fs";
import { statfs } from "node:fs/promises";
import { availableParallelism, totalmem } from "node:os";
import { dirname } from "node:path";
import { failed, fine, type Finding, warning } from "@lucid/platform/checks";

const MIB = 2 ** 20;

export type Room = { readonly fewMib: number; readonly noneMib: number };

/** Room for some weeks, and what is left when writing is about to fail; also before the folder is made. */
export const checkDisk = async (
  folder: string,
  { fewMib, noneMib }: Room = { fewMib: 2048, noneMib: 256 },
): Promise<Finding> => {
  const { bavail, bsize } = await statfs(nearestExisting(folder));
  const freeMib = Math.floor((bavail * bsize) / MIB);
  const words = `${freeMib} MiB free in ${folder}`;
  const fix = "make room, or move the folder to a larger disk";
  if (freeMib < noneMib) return failed(words, fix);
  return freeMib < fewMib ? warning(words, fix) : fine(words);
};

const nearestExisting = (path: string): string =>
  existsSync(path) ? path : nearestExisting(dirname(path));

/** What the machine has to give, where the system tells it. */
export const checkMemory = (
  { fewMib, noneMib }: Room,
  freeBytes = process.availableMemory(),
): Finding => {
  const freeMib = Math.floor(freeBytes / MIB);
  const words = `${freeMib} MiB of ${Math.floor(totalmem() / MIB)} MiB free, ${availableParallelism()} cores`;
  const fix = "stop what else runs on this machine, or give it more memory";
  if (freeMib < noneMib) return failed(words, fix);
  return freeMib < fewMib ? warning(words, fix) : fine(words);
};
