import type { BlockHeader, Body } from "@lucid/protocol";
import { openLog } from "@lucid/verify";
import type { Log } from "@lucid/verify";
import type { Disk } from "../disk/index.ts";
import { parseBodyPath } from "../store/index.ts";

/** The body that compacted epochs make, as if its file were gone; throws `LogError`. */
export function createRebuild(disk: Disk): (header: BlockHeader) => Promise<Body> {
  let opening: Promise<Log> | null = null;
  return async (header) => {
    opening ??= openLog({
      name: disk.name,
      read: async (path) => (parseBodyPath(path) === null ? disk.read(path) : null),
    });
    return (await opening).body(header);
  };
}
