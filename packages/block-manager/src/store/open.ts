import { equalBytes, networkId } from "@lucid/protocol";
import type { Genesis } from "@lucid/protocol";
import type { Disk } from "../disk/index.ts";
import type { Head, Store, StoreEvent, StoreWriter } from "./contract.ts";
import { checkpointOf, readHead } from "./head.ts";
import { hasMarker, settleIdentity, writeMarker } from "./identity.ts";
import { CHECKPOINT, LOG_FOLDER, quarantinePath, reasonPath } from "./layout.ts";
import { createQueue } from "./queue.ts";
import { createReads } from "./reads.ts";
import { recover } from "./recover.ts";
import { StoreError } from "./store-error.ts";
import { utf8 } from "@lucid/protocol";

export type StoreDeps = {
  /** the data folder; the directory of the log is `log` in it */
  home: Disk;
  genesis: Genesis;
  onEvent?: (event: StoreEvent) => void;
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
  { home, genesis, onEvent = () => undefined }: StoreDeps,
  options: StoreOptions,
  release: () => Promise<void>,
): Promise<Store> {
  const disk = home.folder(LOG_FOLDER);
  const isAppender = options.mode === "append";
  await settleIdentity(home, genesis, isAppender);
  const isNew = isAppender && !(await isInUse(home, disk));
  const logSeed = options.mode === "append" && isNew ? options.logSeed : null;

  let head = await readAgain(logSeed);
  if (isAppender) await writeMarker(home, genesis);
  let isSure = true;
  let isClosed = false;
  const queue = createQueue();
  const listeners = new Set<(head: Head) => void>();
  const writer = createWriter();

  return {
    network: { genesis, networkId: networkId(genesis) },
    disk,
    head: () => head,
    onPublished: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    exclusive: (change) =>
      queue.run(async () => {
        if (isClosed) throw new StoreError("store.closed", `${disk.name} is closed`);
        if (!isSure) await makeSure();
        try {
          return await change(writer);
        } catch (error) {
          onEvent({ type: "fault", error });
          isSure = false;
          // Clean up at once if the disk lets us; if not, the next change begins with it.
          await Promise.allSettled([makeSure()]);
          throw error;
        }
      }),
    ...createReads(disk, () => head),
    [Symbol.asyncDispose]: async () => {
      await queue.idle();
      if (isClosed) return;
      isClosed = true;
      await release();
    },
  };

  async function readAgain(seed: Uint8Array | null): Promise<Head> {
    const found = await recover(disk, { genesis, logSeed: seed, isAppender });
    if (found.finished !== null || found.removed.length > 0)
      onEvent({ type: "recovered", finished: found.finished, removed: found.removed });
    return found.head;
  }

  async function makeSure(): Promise<void> {
    const before = head;
    setHead(before, await readAgain(null));
    isSure = true;
  }

  function setHead(before: Head, after: Head): Head {
    assertForward(before, after);
    head = after;
    if (after.size > before.size) onEvent({ type: "published", from: before.size, to: after.size });
    for (const listener of listeners) listener(after);
    return after;
  }

  function createWriter(): StoreWriter {
    return {
      head: () => head,
      write: (files) => disk.write(files),
      remove: (paths) => disk.remove(paths),
      publish: async (note) => {
        const before = head;
        const { size, root } = checkpointOf(genesis, note);
        assertForward(before, { size, root });
        const after =
          size === before.size ? { ...before, note } : await readHead(disk, genesis, note);
        await disk.publish({ path: CHECKPOINT, bytes: note });
        return setHead(before, after);
      },
      quarantine: async (path, reason) => {
        await disk.write([{ path: reasonPath(path), bytes: utf8(`${reason}\n`) }]);
        await disk.move(path, quarantinePath(path));
      },
    };
  }
}

async function isInUse(home: Disk, disk: Disk): Promise<boolean> {
  if (await hasMarker(home)) return true;
  const names = (await disk.list("")).map(({ name }) => name);
  return ["tile", "body", "compact"].some((name) => names.includes(name));
}

type Tree = Pick<Head, "size" | "root">;

/** What was published is never taken back. */
function assertForward(before: Tree, after: Tree): void {
  if (after.size > before.size) return;
  if (after.size === before.size && equalBytes(after.root, before.root)) return;
  throw new StoreError(
    "store.backwards",
    `A checkpoint of size ${after.size} would take back what was published at size ${before.size}`,
    { path: CHECKPOINT },
  );
}
