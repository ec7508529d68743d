import type { ChoreDefinition } from "@lucid/platform/chores";
import type { Clock } from "@lucid/platform/clock";
import type { Readiness } from "@lucid/platform/http";
import type { NoteKey } from "@lucid/protocol";
import type { Source } from "@lucid/verify";
import type { Appender } from "./append/index.ts";
import { type Bodies, createCompaction } from "./compact/index.ts";
import type { Observer } from "./figures.ts";
import { createGatedAppender } from "./gated-appender.ts";
import { createFollower, createPeers, peersReadiness, sourcesReadiness } from "./mirror/index.ts";
import { createMending, createScrub } from "./scrub/index.ts";
import type { Store } from "./store/index.ts";

export type UpkeepDeps = {
  readonly store: Store;
  readonly bodies: Bodies;
  readonly clock: Clock;
  readonly random: () => number;
  readonly observer: Observer;
  /** Other block-managers of this log. */
  readonly sources: readonly Source[];
};

export type UpkeepOptions = {
  /** Whether it mirrors the log of others instead of appending to its own. */
  readonly isFollowing: boolean;
  readonly witnesses: readonly NoteKey[];
};

/** What goes on beside requests: keeping up with other block-managers, compacting, and looking after the files. */
export type Upkeep = {
  /** An appender that waits for what peers hold. */
  gate(appender: Appender): Appender;
  readonly chores: readonly ChoreDefinition[];
  /** Of other block-managers. */
  readonly peers: () => Readiness;
  /** Of the log's files. */
  readonly files: () => Readiness;
  /** Has a file looked at whose damage an error tells. */
  noteFault(error: unknown): void;
};

const longestRunMs = 3_600_000;
const compactPeriodMs = 60_000;
const askPeersPeriodMs = 10_000;
/** A part of 256 blocks at a time: a year of slots of two minutes in four days. */
const scrubPeriodMs = 300_000;
const mendPeriodMs = 1000;
const followPeriodMs = { shortest: 500, longest: 5000 };

export const createUpkeep = (
  { store, bodies, clock, random, observer, sources }: UpkeepDeps,
  { isFollowing, witnesses }: UpkeepOptions,
): Upkeep => {
  const onEvent = observer.mirror;
  const follower = createFollower({ store, clock, sources, cosigners: witnesses, onEvent });
  const peers = createPeers({ follower, clock });
  const compaction = createCompaction({ store, bodies, clock, onEvent: observer.compaction });
  const scrub = createScrub({ store, bodies, clock, random, sources, onEvent: observer.scrub });
  const mending = createMending(scrub);
  const chore = (name: string, periodMs: number, work: Work): ChoreDefinition => ({
    name,
    periodMs,
    timeoutMs: longestRunMs,
    run: mending.noting(work),
  });
  const ask: Work = (signal) => follower.run(signal);
  return {
    gate: (appender) => createGatedAppender(appender, peers),
    chores: [
      isFollowing
        ? chore("follow", followPeriodOf(store), ask)
        : chore("peers", askPeersPeriodMs, ask),
      chore("compaction", compactPeriodMs, (signal) => compaction.run(signal)),
      chore("scrub", scrubPeriodMs, (signal) => scrub.run(signal)),
      chore("mending", mendPeriodMs, () => mending.run()),
    ],
    files: () => scrub.readiness(),
    noteFault: (error) => mending.note(error),
    peers: () => (isFollowing ? sourcesReadiness(follower) : peersReadiness(peers, follower)),
  };
};

type Work = (signal: AbortSignal) => Promise<void>;

/** A few times a slot, so that a follower is hardly ever a slot behind. */
const followPeriodOf = ({ network }: Store): number => {
  const { shortest, longest } = followPeriodMs;
  return Math.min(longest, Math.max(shortest, Math.floor(network.genesis.slot_ms / 4)));
};
