import type { NetworkEvent } from "@lucid/api";
import type { Cache } from "@lucid/platform/cache";
import type { ChoreDefinition, Chores } from "@lucid/platform/chores";
import type { Clock } from "@lucid/platform/clock";
import { type Events, shareEvents } from "@lucid/platform/events";
import type { Readiness } from "@lucid/platform/http";
import type { Log } from "@lucid/platform/log";
import type { Services } from "./services.ts";
import type { Reached } from "./shared/follow.ts";
import { createRounds } from "./shared/rounds.ts";
import type { Network } from "./shared/network.ts";
import { createWake } from "./shared/wake.ts";

export type SharingDeps = {
  readonly services: Followed & Pick<Services, "epochs" | "events" | "payouts">;
  readonly chores: Chores;
  readonly network: Network;
  readonly clock: Clock;
  readonly log: Log;
};

/** Keeps the memory of this replica like the store, while other replicas write to it too. */
export type Sharing = {
  /** Follows everything that is kept in memory, from a moment after the call. */
  readonly follow: () => Promise<void>;
  readonly chore: ChoreDefinition;
  /** The same chores, of which those that only one replica runs first follow the store. */
  readonly upToDate: Pick<Chores, "define" | "runNow">;
  readonly readiness: () => Readiness;
};

const periodMs = 1000;
/** A memory that is older than this is not relied on. */
const staleMs = 15_000;

/** What is kept in memory of documents that other replicas write too. */
export type Followed = Pick<
  Services,
  "sealing" | "policies" | "registry" | "addresses" | "commands" | "maintenance" | "beacons"
>;

/** Takes what others wrote into memory, each feature after those it rests on. */
export const followAll = async ({
  sealing,
  policies,
  registry,
  addresses,
  commands,
  maintenance,
  beacons,
}: Followed): Promise<Reached> => {
  // First of all: it tells up to where the log settles what is read after it.
  const reached = await sealing.follow();
  await policies.follow();
  await registry.follow(reached);
  await addresses.follow(reached);
  await commands.follow();
  await maintenance.follow(reached);
  await beacons.follow(reached);
  return reached;
};

export const createSharing = ({ services, chores, network, clock, log }: SharingDeps): Sharing => {
  const { epochs, events, payouts } = services;
  const tellClosed = createClosedNews(events);
  let sealedSlot = -1;
  let followedMs = clock.monotonic();

  const wake = createWake({ chores, log });
  const noteSealed = (reached: Reached): void => {
    if (reached.sealedSlot > sealedSlot) for (const name of ["append", "settlement"]) wake(name);
    ({ sealedSlot } = reached);
  };
  const follow = createRounds(async () => {
    const startedMs = clock.monotonic();
    const reached = await followAll(services);
    tellClosed(await epochs.lastClosed());
    noteSealed(reached);
    if (await payouts.follow()) wake("payouts");
    followedMs = startedMs;
  });

  const define: Chores["define"] = (definition) => {
    if (definition.lease !== true) return chores.define(definition);
    const run: typeof definition.run = async (signal, lease) => {
      await follow();
      if (!signal.aborted) await definition.run(signal, lease);
    };
    chores.define({ ...definition, run });
  };

  return {
    follow,
    upToDate: { define, runNow: (name) => chores.runNow(name) },
    chore: {
      name: "sharing",
      periodMs: Math.min(periodMs, network.genesis.slot_ms / 2),
      timeoutMs: staleMs,
      run: follow,
    },
    readiness: () => {
      const ageMs = clock.monotonic() - followedMs;
      const seconds = Math.round(ageMs / 1000);
      return { ok: ageMs < staleMs, detail: `what others wrote is known up to ${seconds} s ago` };
    },
  };
};

/** Shares live events with other replicas; one of them is a hint to look at the store before the next turn. */
export const shareNews = (
  { services, cache, log }: Pick<SharingDeps, "services" | "log"> & { readonly cache: Cache },
  { follow }: Pick<Sharing, "follow">,
): Promise<Disposable> =>
  shareEvents<NetworkEvent>(
    { events: services.events, cache },
    {
      channel: "events",
      // Every replica tells of slots by its own clock.
      isForOthers: ({ type }) => type !== "slot",
      onForeign: ({ type }) => {
        if (type === "beacon" || type === "alert") return; // nothing of theirs is kept in memory
        follow().catch((error: unknown) => {
          log.debug({ err: error }, "not followed; the next turn does");
        });
      },
    },
  );

/** Tells this process that an epoch was closed, whoever closed it. */
const createClosedNews = (events: Events<NetworkEvent>): ((epoch: number | null) => void) => {
  let known: number | null | undefined;
  events.subscribe((event) => {
    if (event.type === "epoch" && event.state === "closed") known = event.epoch;
  });
  return (epoch) => {
    const isNews = known !== undefined && epoch !== null && epoch > (known ?? -1);
    if (isNews) events.publish({ type: "epoch", epoch, state: "closed" });
    known = epoch;
  };
};
