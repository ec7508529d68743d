import { mkdir, stat } from "node:fs/promises";
import { createDisk } from "./disk.ts";
import { DiskError } from "./disk-error.ts";
import { createNodePrimitives } from "./node-primitives.ts";
import type { Disk } from "./port.ts";

/** A folder of the file system as a disk. Throws `disk.missing` unless it is there, or `create` says to make it. */
export async function openDisk(
  folder: string,
  { create = false }: { create?: boolean } = {},
): Promise<Disk> {
  try {
    if (create) await mkdir(folder, { recursive: true });
    if ((await stat(folder)).isDirectory()) return createDisk(createNodePrimitives(folder));
  } catch (cause) {
    throw missing(folder, cause);
  }
  throw missing(folder);
}

const missing = (folder: string, cause?: unknown): DiskError =>
  new DiskError("disk.missing", folder, `${folder} is no folder; mount its disk, or create it`, {
    cause,
  });
