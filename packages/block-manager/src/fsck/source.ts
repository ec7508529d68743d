import type { Source } from "@lucid/verify";
import type { Disk } from "../disk/index.ts";
import { parseBodyPath } from "../store/index.ts";

/** The directory of a log as if its bodies were gone: what is read of them is rebuilt. */
export const withoutBodies = (disk: Disk): Source => ({
  name: disk.name,
  read: async (path) => (parseBodyPath(path) === null ? disk.read(path) : null),
});
