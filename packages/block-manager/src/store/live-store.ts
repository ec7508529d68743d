import { equalBytes, networkId } from "@lucid/protocol";
import type { Genesis } from "@lucid/protocol";
import type { Disk } from "../disk/index.ts";
import type { Head, Store, StoreEvent, StoreWriter } from "./contract.ts";
import { checkpointOf, readHead } from "./head.ts";
import { CHECKPOINT } from "./layout.ts";
import { quarantine } from "./quarantine.ts";
import { createQueue } from "../shared/queue.ts";
import { createReads } from "./reads.ts";
import { StoreError } from "./store-error.ts";

export type LiveStoreDeps = {
  disk: Disk;
  genesis: Genesis;
  onEvent: (event: StoreEvent) => void;
  /** the published state as the disk has it, after what was interrupted is finished or swept away */
  readAgain: () => Promise<Head>;
  release: () => Promise<void>;
};

/** A store over a directory that is in order, with the head that was read from it. */
export function createLiveStore(deps: LiveStoreDeps, first: Head): Store {
  const { disk, genesis, onEvent, readAgain, release } = deps;
  let head = first;
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
    exclusive: (change) => queue.run(() => runAlone(change)),
    ...createReads(disk, () => head),
    [Symbol.asyncDispose]: async () => {
      await queue.idle();
      if (isClosed) return;
      isClosed = true;
      await release();
    },
  };

  async function runAlone<Result>(change: (writer: StoreWriter) => Promise<Result>) {
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
  }

  async function makeSure(): Promise<void> {
    setHead(await readAgain());
    isSure = true;
  }

  function setHead(after: Head): Head {
    const before = head;
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
      quarantine: (path, reason) => quarantine(disk, path, reason),
      publish: async (note) => {
        const { size, root } = checkpointOf(genesis, note);
        assertForward(head, { size, root });
        const after = size === head.size ? { ...head, note } : await readHead(disk, genesis, note);
        await disk.publish({ path: CHECKPOINT, bytes: note });
        return setHead(after);
      },
    };
  }
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
