import type { Clock } from "@lucid/platform/clock";
import type { NoteKey } from "@lucid/protocol";
import type { Log, Source } from "@lucid/verify";
import type { Store } from "../store/index.ts";
import type { MirrorEvent, SourceStatus } from "./contract.ts";
import { createEvidence } from "./evidence.ts";
import { examine, refuse } from "./examine.ts";
import type { Shown } from "./examine.ts";
import { fetchMissing } from "./fetch-missing.ts";
import type { Batch } from "./fetch-missing.ts";
import { createRememberingSource } from "./remembering.ts";
import type { RememberingSource } from "./remembering.ts";
import { createStatusBoard } from "./status.ts";

/**
 * Keeps up with the sources of a log. Guarantees:
 * - *verified*: nothing is stored, let alone published, that is not signed, linked and under a checkpoint which extends
 *   all that was published before;
 * - *valid*: the directory is a whole log at every moment, whatever is cut off;
 * - *evident*: what is refused is kept in `quarantine/` with the reason.
 */
export type Follower = {
  /** Asks every source once, and fetches what the one with the most blocks has beyond ours, or the next one. */
  run(signal: AbortSignal): Promise<void>;
  sources(): readonly SourceStatus[];
  /** The size of the largest checkpoint that extends ours and could not be fetched when it was last tried; null: none. */
  unreached(): number | null;
};

export type FollowerDeps = {
  store: Store;
  clock: Clock;
  sources: readonly Source[];
  /** outside witnesses whose cosignatures are taken over */
  cosigners?: readonly NoteKey[];
  onEvent?: (event: MirrorEvent) => void;
  /** how much is fetched before it is written */
  batch?: Batch;
};

type Candidate = { source: RememberingSource; log: Log };

export function createFollower(deps: FollowerDeps): Follower {
  const { store, clock, cosigners = [], onEvent = () => undefined } = deps;
  const board = createStatusBoard(
    deps.sources.map(({ name }) => name),
    { clock, onEvent },
  );
  const fetching = { store, clock, ...(deps.batch && { batch: deps.batch }) };
  const evidence = createEvidence({ store, clock });
  const largest = new Map<string, Shown>();
  let unreached = 0;

  const ask = async (source: RememberingSource): Promise<Candidate[]> => {
    const shown = largest.get(source.name) ?? null;
    const finding = await examine({ store, evidence, cosigners }, source, shown);
    // Of one that is ahead only its checkpoint is known so far; what it is shows when it is fetched.
    if (finding.state !== "ahead") board.update(source.name, finding);
    if ("problem" in finding) return [];
    const { size, note } = finding.log.checkpoint;
    if (size >= (shown?.size ?? 0)) largest.set(source.name, { size, note });
    return [{ source, log: finding.log }];
  };

  /** Whether it was fetched; what is wrong with the source is on the board then. */
  const fetch = async ({ source, log }: Candidate, signal: AbortSignal): Promise<boolean> => {
    const from = store.head().size;
    const beganMs = clock.monotonic();
    try {
      const { size: to } = await fetchMissing(fetching, log, signal);
      const durationMs = clock.monotonic() - beganMs;
      board.update(source.name, { state: "current", log });
      onEvent({ type: "fetched", source: source.name, from, to, durationMs });
      return true;
    } catch (error) {
      signal.throwIfAborted();
      board.update(source.name, await refuse(evidence, source, error));
      return false;
    }
  };

  return {
    sources: () => board.all(),
    unreached: () => (unreached > store.head().size ? unreached : null),
    run: async (signal) => {
      // Nothing is remembered from one run to the next: what was damaged may have been mended.
      const asked = await Promise.all(deps.sources.map(createRememberingSource).map(ask));
      signal.throwIfAborted();
      const ahead = asked.flat().filter(({ log }) => isNews(store, log));
      unreached = Math.max(0, ...ahead.map(sizeOf));
      for (const candidate of ahead.toSorted((a, b) => sizeOf(b) - sizeOf(a))) {
        if (await fetch(candidate, signal)) return;
      }
    },
  };
}

function sizeOf({ log }: Candidate): number {
  return log.checkpoint.size;
}

/** Whether a source has more than we publish, or anything at all where we publish nothing. */
function isNews(store: Store, log: Log): boolean {
  const { size, note } = store.head();
  return log.checkpoint.size > size || note.length === 0;
}
