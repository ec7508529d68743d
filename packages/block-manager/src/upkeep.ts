import type { ChoreDefinition } from "@lucid/platform/chores";
import type { Clock } from "@lucid/platform/clock";
import type { Readiness } from "@lucid/platform/http";
import type { NoteKey } from "@lucid/protocol";
import { openUrl } from "@lucid/verify";
import type { Appender } from "./append/index.ts";
import { type Bodies, createCompaction } from "./compact/index.ts";
import type { BlockManagerConfig } from "./config.ts";
import type { Observer } from "./figures.ts";
import { createGatedAppender } from "./gated-appender.ts";
import { createFollower, createPeers, peersReadiness, sourcesReadiness } from "./mirror/index.ts";
import { createScrub } from "./scrub/index.ts";
import { type Store, StoreError } from "./store/index.ts";

export type UpkeepDeps = {
  readonly store: Store;
  readonly bodies: Bodies;
  readonly clock: Clock;
  readonly random: () => number;
  readonly observer: Observer;
};

export type UpkeepOptions = {
  readonly config: Pick<BlockManagerConfig, "BLOCK_MANAGER_MODE" | "BLOCK_MANAGER_PEERS">;
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

const compactPeriodMs = 60_000;
const compactTimeoutMs = 3_600_000;
const fetchTimeoutMs = 3_600_000;
const askPeersPeriodMs = 10_000;
/** A part of 256 blocks at a time: a year of slots of two minutes in four days. */
const scrubPeriodMs = 300_000;
const scrubTimeoutMs = 3_600_000;
const mendPeriodMs = 1000;
const shortestFollowPeriodMs = 500;
const longestFollowPeriodMs = 5000;

export const createUpkeep = (
  { store, bodies, clock, random, observer }: UpkeepDeps,
  { config, witnesses }: UpkeepOptions,
): Upkeep => {
  const isFollowing = config.BLOCK_MANAGER_MODE === "follow";
  const sources = config.BLOCK_MANAGER_PEERS.map((url) => openUrl(url));
  const onEvent = observer.mirror;
  const follower = createFollower({ store, clock, sources, cosigners: witnesses, onEvent });
  const peers = createPeers({ follower, clock });
  const compaction = createCompaction({ store, bodies, clock, onEvent: observer.compaction });
  const scrub = createScrub({ store, bodies, clock, random, sources, onEvent: observer.scrub });
  const noted = new Set<string>();
  const { slot_ms } = store.network.genesis;
  const followPeriodMs = Math.min(
    longestFollowPeriodMs,
    Math.max(shortestFollowPeriodMs, Math.floor(slot_ms / 4)),
  );
  return {
    gate: (appender) => createGatedAppender(appender, peers),
    chores: [
      {
        name: isFollowing ? "follow" : "peers",
        periodMs: isFollowing ? followPeriodMs : askPeersPeriodMs,
        timeoutMs: fetchTimeoutMs,
        run: (signal) => follower.run(signal),
      },
      {
        name: "compaction",
        periodMs: compactPeriodMs,
        timeoutMs: compactTimeoutMs,
        run: (signal) => compaction.run(signal),
      },
      {
        name: "scrub",
        periodMs: scrubPeriodMs,
        timeoutMs: scrubTimeoutMs,
        run: (signal) => scrub.run(signal),
      },
      {
        name: "mending",
        periodMs: mendPeriodMs,
        timeoutMs: scrubTimeoutMs,
        run: async () => {
          for (const path of noted) {
            await scrub.mend(path);
            noted.delete(path);
          }
        },
      },
    ],
    files: () => scrub.readiness(),
    noteFault: (error) => {
      if (error instanceof StoreError && error.path !== null) noted.add(error.path);
    },
    peers: () => (isFollowing ? sourcesReadiness(follower) : peersReadiness(peers, follower)),
  };
};
