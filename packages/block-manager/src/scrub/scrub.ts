import { partialTiles, tilePath } from "@lucid/protocol";
import type { Clock } from "@lucid/platform/clock";
import type { Readiness } from "@lucid/platform/http";
import type { Source } from "@lucid/verify";
import type { Bodies } from "../compact/index.ts";
import { createPause } from "../shared/pause.ts";
import type { Pause } from "../shared/pause.ts";
import { CHECKPOINT, parseCompactPath, StoreError } from "../store/index.ts";
import type { Store } from "../store/index.ts";
import { createCheckFile } from "./check-file.ts";
import { filesOf, isNeeded, partsOf } from "./files-of.ts";
import { replacementsOf } from "./repair.ts";

export type ScrubEvent =
  | { type: "damaged"; path: string; reason: string }
  | { type: "repaired"; path: string; from: string };

/**
 * Looks after the files of a log: reads all of them again, part by part, and replaces what is damaged or missing by what
 * was verified in its place. A damaged file is kept in `quarantine/` with the reason.
 */
export type Scrub = {
  /** Tries again what is broken, and looks at the next part. */
  run(signal: AbortSignal): Promise<void>;
  /** Looks at one file at once, after reading it has shown damage; whether it is in order then. */
  mend(path: string): Promise<boolean>;
  /** Not ready while a file is broken that nobody could replace. */
  readiness(): Readiness;
};

export type ScrubDeps = {
  store: Store;
  bodies: Bodies;
  clock: Clock;
  /** from 0 up to 1: where to begin */
  random: () => number;
  /** where lost files are fetched */
  sources: readonly Source[];
  onEvent?: (event: ScrubEvent) => void;
};

export function createScrub(deps: ScrubDeps): Scrub {
  const { store, bodies, clock, random, onEvent = () => undefined } = deps;
  const check = createCheckFile({ store, clock });
  const broken = new Map<string, string>();
  let next: number | null = null;

  const problemWith = async (path: string, pause: Pause): Promise<string | null> => {
    const bytes = await store.disk.read(path);
    if (bytes !== null) return check(path, bytes, pause);
    return (await isNeeded(store, path)) ? "it is not there" : null;
  };

  const replace = async (path: string, reason: string, pause: Pause): Promise<boolean> => {
    for await (const { from, bytes } of replacementsOf(deps, path, pause)) {
      if ((await check(path, bytes, pause)) !== null) continue;
      await store.exclusive(async (writer) => {
        if ((await store.disk.size(path)) !== null) await writer.quarantine(path, reason);
        await writer.write([{ path, bytes }]);
      });
      bodies.forget();
      onEvent({ type: "repaired", path, from });
      return true;
    }
    return false;
  };

  const mend = async (path: string, pause: Pause): Promise<boolean> => {
    const reason = await problemWith(path, pause);
    if (reason !== null) {
      if (!broken.has(path)) onEvent({ type: "damaged", path, reason });
      broken.set(path, broken.get(path) ?? reason);
      if (path === CHECKPOINT)
        await store.exclusive((writer) => writer.publish(writer.head().note));
      else if (!(await replace(path, reason, pause))) return setAside(store, path, reason);
    }
    broken.delete(path);
    return true;
  };

  /** A file that would have to vouch for this one and cannot is looked at first. */
  const look = async (path: string, pause: Pause): Promise<boolean> => {
    try {
      return await mend(path, pause);
    } catch (error) {
      if (!(error instanceof StoreError) || error.path === null || error.path === path) throw error;
      const others = error.path === CHECKPOINT ? edgeOf(store) : [error.path];
      for (const other of others) if (!(await mend(other, pause))) return false;
      return mend(path, pause);
    }
  };

  const lookThrough = async (part: number, pause: Pause): Promise<void> => {
    try {
      for await (const path of filesOf(store, part)) await look(path, pause);
    } catch (error) {
      // Without its bundle nobody knows which bodies a part has; that was reported.
      if (!(error instanceof StoreError) || !broken.has(error.path ?? "")) throw error;
    }
  };

  return {
    mend: async (path) => {
      const pause = createPause(clock);
      if (path !== CHECKPOINT) return look(path, pause);
      for (const tile of edgeOf(store)) await mend(tile, pause);
      return mend(CHECKPOINT, pause);
    },
    run: async (signal) => {
      const pause = createPause(clock, signal);
      const known = [...broken.keys()];
      for (const path of known) await look(path, pause);
      const parts = partsOf(store.head().size);
      if (parts === 0) return;
      next ??= Math.floor(random() * parts);
      const part = next < parts ? next : 0;
      await lookThrough(part, pause);
      next = part + 1;
    },
    readiness: () => {
      const [first] = broken;
      if (first === undefined) return { ok: true, detail: "every file looked at is in order" };
      const [path, reason] = first;
      const detail = `${broken.size} files are damaged or missing and no peer could replace them; the first is ${path}: ${reason}`;
      return { ok: false, detail };
    },
  };
}

/**
 * What nobody can replace is no longer served. Not so a compacted epoch: where it joins another one nobody can tell which
 * of the two is wrong, and what is read from it is held against its header anyway.
 */
async function setAside(store: Store, path: string, reason: string): Promise<false> {
  if (parseCompactPath(path) !== null || (await store.disk.size(path)) === null) return false;
  await store.exclusive((writer) => writer.quarantine(path, reason));
  return false;
}

/** What the checkpoint's root is folded from. */
function edgeOf(store: Store): string[] {
  return partialTiles(store.head().size).map(tilePath);
}
