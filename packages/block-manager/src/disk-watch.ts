import type { ChoreDefinition } from "@lucid/platform/chores";
import type { Readiness } from "@lucid/platform/http";
import type { Disk } from "./disk/index.ts";

const periodMs = 15_000;
const probePath = "block-manager.probe";
/** Below this, the next large block may not fit. */
const neededBytes = 64 * 1024 * 1024;

/** Whether the disk of the log takes writes and has room; looked at by a chore, so that asking costs nothing. */
export type DiskWatch = {
  readonly chore: ChoreDefinition;
  readonly readiness: () => Readiness;
};

/** @param home the data folder, where a small file is written and removed again */
export const createDiskWatch = (
  home: Pick<Disk, "name" | "write" | "remove" | "freeBytes">,
): DiskWatch => {
  let seen: Readiness = { ok: true, detail: "not looked at yet" };

  const look = async (): Promise<Readiness> => {
    const freeBytes = await home.freeBytes();
    if (freeBytes !== null && freeBytes < neededBytes)
      return { ok: false, detail: `${home.name} has ${mib(freeBytes)} left: make room` };
    await home.write([{ path: probePath, bytes: new Uint8Array([0]) }]);
    await home.remove([probePath]);
    return { ok: true, detail: freeBytes === null ? "writable" : `${mib(freeBytes)} free` };
  };
  const run = async (): Promise<void> => {
    try {
      seen = await look();
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      seen = { ok: false, detail: `cannot write: ${reason}` };
    }
  };
  return { chore: { name: "disk", periodMs, timeoutMs: periodMs, run }, readiness: () => seen };
};

const mib = (bytes: number): string => `${Math.floor(bytes / 2 ** 20)} MiB`;
