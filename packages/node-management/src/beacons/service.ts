import type { NetworkEvent } from "@lucid/api";
import type { Clock } from "@lucid/platform/clock";
import type { Documents } from "@lucid/platform/documents";
import type { Events } from "@lucid/platform/events";
import type { Log } from "@lucid/platform/log";
import { type BeaconVerdict, slotStart } from "@lucid/protocol";
import type { Registry } from "../registry/index.ts";
import type { Network } from "../shared/network.ts";
import { nothingReached, type Reached } from "../shared/follow.ts";
import type { RecordSource } from "../shared/record-source.ts";
import { createFollowBeacons, createRecall } from "./follow.ts";
import { createBudget } from "./budget.ts";
import { createSlotCloser, type SlotCloser } from "./closing.ts";
import { createCommitter, createRemember } from "./commit.ts";
import type { Beacons } from "./contract.ts";
import {
  commitmentCollection,
  equivocationCollection,
  excuseCollection,
  listeningCollection,
  segmentCollection,
} from "./documents.ts";
import { createEpochsInMemory } from "./epochs-in-memory.ts";
import { createHearing, type HearingKeeper } from "./hearing.ts";
import { listen } from "./listen.ts";
import { createNewsOfBeacons } from "./news.ts";
import { createNodeIndex } from "./node-index.ts";
import { createReading, type ReadingDeps } from "./reading.ts";
import { applySegment, rebuild } from "./rebuild.ts";
import { createReceiver } from "./receive.ts";
import { createRecents } from "./recents.ts";
import { createSeenJudge, type SeenJudge } from "./seen.ts";
import { type Batch, createSegments } from "./segments.ts";
import { createCommitmentSource, createExcuseSource } from "./source.ts";

export type BeaconsDeps = {
  readonly documents: Documents;
  readonly network: Network;
  readonly registry: Registry;
  readonly maintenance: ReadingDeps["maintenance"];
  readonly clock: Clock;
  readonly log: Log;
  readonly events: Events<NetworkEvent>;
};

export type BeaconsOptions = {
  /** Names this process among those that accept beacons for the network. */
  readonly replica?: string;
  /** Whether other replicas work on the same store. */
  readonly isShared?: boolean;
  /** What was sealed before the load. */
  readonly from?: Reached;
  readonly failuresPerConnection?: number;
  readonly failuresPerSecond?: number;
};

export type BeaconsService = Beacons &
  SlotCloser & {
    /** What the log is told besides beacons. */
    readonly sources: readonly [RecordSource<"commitment">, RecordSource<"excuse">];
    readonly hearing: HearingKeeper;
    /** Judges the checkpoint that came with an accepted beacon. */
    readonly isNewCheckpoint: SeenJudge;
    /** How often each verdict was given since the start. */
    readonly verdicts: Readonly<Record<BeaconVerdict, number>>;
    /** Keeps the record of hearing until the signal is aborted; resolves once the last beat is stored. */
    listen(signal: AbortSignal): Promise<void>;
    /** Takes what other replicas wrote into memory; `reached` was read before. */
    follow(reached: Reached): Promise<void>;
    /** Resolves when every beacon that was taken is settled. */
    settled(): Promise<void>;
  };

/** Loads the state of the last two epochs; afterwards beacons are judged in memory and kept in documents. */
export const createBeacons = async (
  { documents, network, registry, maintenance, clock, log, events }: BeaconsDeps,
  {
    replica = documents.storeId,
    isShared = false,
    from = nothingReached,
    failuresPerConnection = 32,
    failuresPerSecond = 1000,
  }: BeaconsOptions = {},
): Promise<BeaconsService> => {
  const { genesis } = network;
  const epochMs = genesis.slots_per_epoch * genesis.slot_ms;
  const commitments = documents.collection(commitmentCollection);
  const segmentDocuments = documents.collection(segmentCollection);
  const excuses = documents.collection(excuseCollection);
  const epochs = createEpochsInMemory(genesis.slots_per_epoch);
  const index = createNodeIndex();
  const recents = createRecents();
  // Filled from the start: an array with far-apart entries would become a slow dictionary.
  const inFlight: (Batch | undefined)[] = Array.from({ length: registry.size });
  const budget = createBudget(clock, { failuresPerConnection, failuresPerSecond });
  const publish = createNewsOfBeacons({ events, clock });
  const hearing = await createHearing(
    { collection: documents.collection(listeningCollection), genesis, clock, log },
    { replica, rememberMs: 2 * epochMs },
  );

  const memory = { network, epochs, index, recents };
  const segments = createSegments(
    {
      collection: segmentDocuments,
      clock,
      // Whoever seals a slot ends the parts of all that were heard of within an epoch before it.
      mayWrite: (slot) =>
        (hearing.knownAtMs() ?? Infinity) >= slotStart(genesis, slot) - epochMs / 2,
      onSettled: (batch, outcome, reason) => {
        for (const ordinal of batch.ordinals) inFlight[ordinal] = undefined;
        if (outcome === "failed") hearing.interrupt(`a beacon was not stored: ${reason}`);
        if (outcome !== "done") return;
        applySegment(memory, { ...batch, at: clock.now() });
        publish(batch);
      },
    },
    { replica },
  );
  const shared = { registry, network, clock, epochs, budget };
  const remember = createRemember({ network, clock, epochs, index });
  const verdicts = createVerdictCounts();
  const accept = createReceiver({
    ...shared,
    index,
    segments,
    recents,
    inFlight,
    recall: isShared ? createRecall({ commitments, remember }) : null,
    count: (verdict) => void (verdicts[verdict] += 1),
  });
  const commit = createCommitter({
    ...shared,
    commitments,
    equivocations: documents.collection(equivocationCollection),
    remember,
  });
  await rebuild(
    {
      network,
      clock,
      registry,
      commitments,
      segmentDocuments,
      segments,
      epochs,
      index,
      recents,
      remember,
    },
    { replica },
  );
  const follow = createFollowBeacons(
    {
      genesis,
      clock,
      registry,
      commitments,
      segments: segmentDocuments,
      hearing,
      remember,
      apply: (segment) => applySegment(memory, segment),
    },
    from,
  );
  return {
    commit,
    accept,
    follow,
    excused: async (fromSlot, toSlot, sealedUpTo) =>
      (
        await excuses.find({
          where: { slot: { gte: fromSlot, lt: toSlot } },
          sort: [["slot", "asc"]],
        })
      )
        .filter(({ sealed_slot }) => sealed_slot !== null && sealed_slot <= sealedUpTo)
        .map(({ slot }) => slot),
    ...createReading({ network, clock, registry, epochs, recents, hearing, maintenance }),
    hearing,
    isNewCheckpoint: createSeenJudge({ genesis, budget }),
    verdicts,
    listen: (signal) => listen({ hearing, clock, genesis }, signal),
    settled: segments.settled,
    ...createSlotCloser(
      {
        genesis,
        clock,
        registry,
        collection: segmentDocuments,
        excuses,
        hearing,
        segments,
        index,
      },
      { replica },
    ),
    sources: [
      createCommitmentSource({ commitments, registry, genesis, clock }),
      createExcuseSource(excuses),
    ],
  };
};

const createVerdictCounts = (): Record<BeaconVerdict, number> => ({
  accepted: 0,
  duplicate: 0,
  stale: 0,
  late: 0,
  early: 0,
  no_commitment: 0,
  wrong_reveal: 0,
  gap_unsigned: 0,
  unknown_node: 0,
  not_active: 0,
  limited: 0,
});
