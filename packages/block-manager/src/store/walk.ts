import type { Disk } from "../disk/index.ts";

/** Every file below a folder by its path, in the order of their names. */
export async function* walk(disk: Disk, folder: string): AsyncGenerator<string> {
  for (const { name, kind } of await disk.list(folder)) {
    const path = folder === "" ? name : `${folder}/${name}`;
    if (kind === "file") yield path;
    else yield* walk(disk, path);
  }
}
