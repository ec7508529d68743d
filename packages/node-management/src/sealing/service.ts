import type { Clock } from "@lucid/platform/clock";
import type { Documents } from "@lucid/platform/documents";
import type { Log } from "@lucid/platform/log";
import type { Metrics } from "@lucid/platform/metrics";
import { NO_HEADER_HASH } from "@lucid/protocol";
import type { BeaconsService } from "../beacons/index.ts";
import type { Policies } from "../policy/index.ts";
import type { Registry } from "../registry/index.ts";
import type { Network } from "../shared/network.ts";
import type { Reached } from "../shared/follow.ts";
import type { AnyRecordSource } from "../shared/record-source.ts";
import { type Sender, createSender } from "./sender.ts";
import { createClockGuard } from "./clock-guard.ts";
import type { SealedSlots } from "./contract.ts";
import {
  documentToSealed,
  progressCollection,
  slotCollection,
  type SlotDocument,
} from "./documents.ts";
import { createSealingFigures } from "./figures.ts";
import { createMarker } from "./mark.ts";
import { createProgress } from "./progress.ts";
import { createReaders } from "./readers.ts";
import { createClearing } from "./retention.ts";
import { latestToSeal, sealingSlot } from "./rules.ts";
import { createSealer, type Position, positionAfter } from "./seal.ts";
import type { SendSlots } from "./send.ts";

export type SealingDeps = {
  readonly documents: Pick<Documents, "collection">;
  readonly network: Network;
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly policies: Pick<Policies, "forEpoch">;
  readonly registry: Pick<Registry, "nodes">;
  readonly beacons: Pick<BeaconsService, "closeSlot" | "nextHeard" | "forget">;
  /** Hands sealed slots to block-manager. */
  readonly send: SendSlots;
};

/** How sealing stands, for people. */
export type SealingState = { readonly ok: boolean; readonly detail: string };

export type Sealing = SealedSlots & {
  /** Where records come from; told once, before the first run. */
  feed(sources: readonly AnyRecordSource[]): void;
  /**
   * Seals every slot that is due, in order, until there is none or the signal is aborted; tells how many it sealed.
   * `token` is the fencing token of the lease: under a new one the store is looked at again.
   */
  run(signal: AbortSignal, token: number): Promise<number>;
  state(): SealingState;
  /** Takes what other replicas sealed and appended into memory, and tells how far that is. */
  follow(): Promise<Reached>;
  readonly sender: Sender;
  /** Takes away what the log has for good and no epoch needs any more, in small steps; tells how many slots it cleared. */
  clear(options: { readonly beforeSlot: number; readonly signal: AbortSignal }): Promise<number>;
};

/** Decides what stands in the block of each slot, once, and sees to it that the log gets it. */
export const createSealing = async (deps: SealingDeps): Promise<Sealing> => {
  const { documents, network, clock, log, registry } = deps;
  const { genesis } = network;
  const slots = documents.collection(slotCollection);
  const progress = createProgress(documents.collection(progressCollection));
  const guard = createClockGuard(clock, genesis);
  const figures = createSealingFigures(deps.metrics);
  let sources: readonly AnyRecordSource[] = [];
  let last: SlotDocument | null = null;
  let token = Number.NaN;
  let stopped: string | null = null;

  const marker = createMarker({ slots, progress }, () => sources);
  const sealer = createSealer({ ...deps, slots, marker, sources: () => sources });
  const sender = await createSender({
    ...deps,
    slots,
    progress,
    last: () => last?.slot ?? null,
  });

  const load = async (): Promise<void> => {
    [last = null] = await slots.find({ sort: [["slot", "desc"]], limit: 1 });
  };
  const follow = async (): Promise<Reached> => {
    // In this order: whatever is marked is sealed.
    const marked = await progress.of("marked");
    const where = { slot: { gt: last?.slot ?? -1 } };
    const [later] = await slots.find({ where, sort: [["slot", "desc"]], limit: 1 });
    if (later !== undefined && later.slot > (last?.slot ?? -1)) last = later;
    await sender.follow();
    return { sealedSlot: last?.slot ?? -1, markedSlot: marked?.slot ?? -1 };
  };
  const position = (): Position =>
    last === null ? { slot: genesis.first_slot, parent: null } : positionAfter(last);

  const takeOver = async (newToken: number): Promise<void> => {
    if (newToken === token) return;
    await load();
    if (last !== null) await marker.catchUp(last.slot);
    token = newToken;
  };
  const mayNotSeal = (): boolean => {
    const problem = guard.check();
    if (problem !== stopped && problem !== null) log.error({ reason: problem }, "sealing stopped");
    if (problem === null && stopped !== null) log.info("sealing goes on");
    stopped = problem;
    return problem !== null;
  };
  const sealNext = async (signal: AbortSignal): Promise<number> => {
    const next = position();
    const emptyUntil = await sealer.emptyUntil(next);
    const sealed =
      emptyUntil === null
        ? await sealer.sealOne(next)
        : await sealer.sealEmpty(next, emptyUntil, signal);
    if (sealed === null) await load();
    else last = sealed;
    if (sealed === null) return 0;
    const count = sealed.slot - next.slot + 1;
    figures.sealed(count, sealed, sealingSlot(genesis, sealed.slot).closesMs);
    figures.sending(sender);
    return count;
  };

  const runSender = async (signal: AbortSignal): Promise<void> => {
    try {
      await sender.run(signal);
    } finally {
      figures.sending(sender);
    }
  };

  await load();
  return {
    feed: (given) => {
      sources = given;
    },
    run: async (signal, newToken) => {
      await takeOver(newToken);
      let count = 0;
      while (!signal.aborted && !mayNotSeal()) {
        if (position().slot > latestToSeal(genesis, clock.now())) break;
        count += await sealNext(signal);
      }
      return count;
    },
    follow,
    state: () => {
      if (stopped !== null) return { ok: false, detail: stopped };
      if (last === null) return { ok: true, detail: "no slot was sealed yet" };
      const due = latestToSeal(genesis, clock.now()) - last.slot;
      const behind = due > 1 ? `; ${due} more are due` : "";
      const waiting = last.backlog === 0 ? "" : `; ${last.backlog} records wait for room`;
      return { ok: true, detail: `slot ${last.slot} is sealed${behind}${waiting}` };
    },
    last: () => (last === null ? null : documentToSealed(last, genesis.first_slot)),
    headerHash: () => last?.header_hash ?? NO_HEADER_HASH,
    ...createReaders({ slots, network, clock, registry }),
    checkpoint: () => sender.checkpoint(),
    seen: () => sender.seen(),
    noteSeen: (checkpoint) => sender.noteSeen(checkpoint),
    sender: { ...sender, run: runSender },
    clear: createClearing({ slots, progress, forget: (slot) => deps.beacons.forget(slot) }),
  };
};
