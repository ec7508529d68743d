import { utf8 } from "@lucid/protocol";
import type { Disk } from "../disk/index.ts";
import { quarantinePath, reasonPath } from "./layout.ts";

/** Moves a file to `quarantine/`, with the reason beside it. */
export async function quarantine(disk: Disk, path: string, reason: string): Promise<void> {
  await disk.write([{ path: reasonPath(path), bytes: utf8(`${reason}\n`) }]);
  await disk.move(path, quarantinePath(path));
}
