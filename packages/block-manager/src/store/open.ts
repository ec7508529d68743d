import type { Genesis } from "@lucid/protocol";
import type { Disk } from "../disk/index.ts";
import type { Store, StoreEvent } from "./contract.ts";
import { hasMarker, settleIdentity, writeMarker } from "./identity.ts";
import { LOG_FOLDER } from "./layout.ts";
import { createLiveStore } from "./live-store.ts";
import { recover } from "./recover.ts";
import type { RecoverOptions, Recovery } from "./recover.ts";
import { mendAndRecover } from "./mend.ts";
import type { Mend } from "./mend.ts";

export type StoreDeps = {
  /** the data folder; the directory of the log is `log` in it */
  home: Disk;
  genesis: Genesis;
  onEvent?: (event: StoreEvent) => void;
  /** where a damaged file that keeps the store from opening may come from again */
  mend?: Mend;
};

export type StoreOptions =
  /** `logSeed`: 32 bytes, of the log key; signs the checkpoint of an empty log */
  { mode: "append"; logSeed: Uint8Array } | { mode: "follow" };

/**
 * Opens the directory of a log for this process alone, after an interrupted change was finished or swept away. A first
 * start makes the directory. Throws `StoreError` for anything but a whole directory of this network, `DiskError`.
 */
export async function openStore(deps: StoreDeps, options: StoreOptions): Promise<Store> {
  const lock = await deps.home.folder(LOG_FOLDER).lock();
  try {
    return await openLocked(deps, options, () => lock.release());
  } catch (error) {
    await lock.release();
    throw error;
  }
}

async function openLocked(
  { home, genesis, onEvent = () => undefined, mend }: StoreDeps,
  options: StoreOptions,
  release: () => Promise<void>,
): Promise<Store> {
  const disk = home.folder(LOG_FOLDER);
  const isAppender = options.mode === "append";
  await settleIdentity(home, genesis, isAppender);
  const isNew = isAppender && !(await isInUse(home, disk));
  const logSeed = options.mode === "append" && isNew ? options.logSeed : null;

  const readAgain = async (more: Partial<RecoverOptions> = {}): Promise<Recovery> => {
    const found = await recover(disk, { genesis, logSeed: null, isAppender, ...more });
    if (found.finished !== null || found.removed.length > 0)
      onEvent({ type: "recovered", finished: found.finished, removed: found.removed });
    return found;
  };

  const { head } = await mendAndRecover(disk, () => readAgain({ logSeed }), { mend, onEvent });
  if (isAppender) await writeMarker(home, genesis);
  return createLiveStore(
    { disk, genesis, onEvent, readAgain: async () => (await readAgain()).head, release },
    head,
  );
}

async function isInUse(home: Disk, disk: Disk): Promise<boolean> {
  if (await hasMarker(home)) return true;
  const names = (await disk.list("")).map(({ name }) => name);
  return ["tile", "body", "compact"].some((name) => names.includes(name));
}
