import { exitCode, Failure } from "@lucid/agent";
import { createNarrator, type Narrator } from "./narrator.ts";
import { createObserver, type Change, type Observer, type Payout } from "./observer.ts";
import { throwIfOver, type Scene } from "./scene.ts";

export type Watch = {
  /** Tells what happens until so many payouts are confirmed and the leaver has left; answers those payouts. */
  untilConfirmed(count: number, timeoutMs: number): Promise<Payout[]>;
  /** Goes on until the demo is asked to end; throws when something ends by itself. */
  forever(): Promise<void>;
};

const LOOK_MS = 400;

export const createWatch = (scene: Scene): Watch => {
  const { io, stage, client, troupe, folder, trouble } = scene;
  const observer = createObserver(client);
  const narrator = createNarrator({
    stage,
    client,
    troupe,
    genesis: folder.genesis,
    now: () => io.clock.now(),
  });
  const over = AbortSignal.any([io.signal, trouble]);
  const round = createRound(observer, narrator);

  return {
    async untilConfirmed(count, timeoutMs) {
      const untilMs = io.clock.monotonic() + timeoutMs;
      const confirmed: Payout[] = [];
      while (confirmed.length < count || !troupe.hasLeaverLeft()) {
        for (const change of await round())
          if (change.kind === "payout" && change.payout.state === "confirmed")
            confirmed.push(change.payout);
        throwIfOver(scene);
        if (io.clock.monotonic() > untilMs) throw tooSlow(confirmed.length, timeoutMs, folder.path);
        await io.clock.sleep(LOOK_MS, over);
      }
      return confirmed;
    },
    async forever() {
      while (!over.aborted) {
        await round();
        await io.clock.sleep(LOOK_MS, over);
      }
      if (!io.signal.aborted) throwIfOver(scene);
    },
  };
};

/** One look and what there is to tell. */
const createRound = (observer: Observer, narrator: Narrator) => async (): Promise<Change[]> => {
  const changes = await observer.look();
  for (const change of changes) await narrator.tell(change);
  narrator.tick();
  return changes;
};

const tooSlow = (confirmed: number, timeoutMs: number, path: string): Failure =>
  new Failure(
    "demo.timeout",
    `${confirmed} payouts were confirmed in ${timeoutMs / 1000} s, which is too slow`,
    {
      fix: `The logs in ${path}/logs say why; a busy machine needs a larger --timeout`,
      exit: exitCode.fault,
    },
  );
