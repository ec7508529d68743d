import type { Disk } from "../disk/index.ts";
import type { StoreEvent } from "./contract.ts";
import { CHECKPOINT, quarantinePath } from "./layout.ts";
import { StoreError } from "./store-error.ts";
import { quarantine } from "./quarantine.ts";

/** What may stand at a path; null when nobody has it. It counts only if the checkpoint says that it is right. */
export type Mend = (path: string) => Promise<Uint8Array | null>;

/**
 * Recovers, and while a damaged file stands in the way puts in its place what `mend` has. Each path is tried once; the
 * damaged one is kept in quarantine.
 */
export async function mendAndRecover<Result>(
  disk: Disk,
  recover: () => Promise<Result>,
  { mend, onEvent }: { mend: Mend | undefined; onEvent: (event: StoreEvent) => void },
): Promise<Result> {
  const tried = new Set<string>();
  for (;;) {
    try {
      return await recover();
    } catch (error) {
      const path = damagedPath(error);
      if (mend === undefined || path === null || tried.has(path)) throw error;
      tried.add(path);
      const bytes = await mend(path);
      if (bytes === null) throw error;
      if ((await disk.size(path)) !== null) await quarantine(disk, path, String(error));
      await disk.write([{ path, bytes }]);
      onEvent({ type: "mended", path, quarantine: quarantinePath(path) });
    }
  }
}

function damagedPath(error: unknown): string | null {
  if (!(error instanceof StoreError) || error.code !== "store.damaged") return null;
  return error.path === CHECKPOINT ? null : error.path;
}
