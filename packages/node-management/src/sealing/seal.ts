import type { Clock } from "@lucid/platform/clock";
import type { Collection } from "@lucid/platform/documents";
import { epochOf, policyHash } from "@lucid/protocol";
import type { BeaconsService } from "../beacons/index.ts";
import type { Policies } from "../policy/index.ts";
import type { Network } from "../shared/network.ts";
import type { AnyRecordSource, SealingSlot } from "../shared/record-source.ts";
import { insertOrFind } from "../shared/written.ts";
import { type AssembledBody, assembleBody } from "./assemble.ts";
import { headerToDocument, type SlotDocument } from "./documents.ts";
import type { Marker } from "./mark.ts";
import { latestToSeal, makeHeader, type Parent, sealingSlot } from "./rules.ts";

export type SealerDeps = {
  readonly network: Network;
  readonly clock: Pick<Clock, "now">;
  readonly policies: Pick<Policies, "forEpoch">;
  readonly beacons: Pick<BeaconsService, "closeSlot" | "nextHeard">;
  readonly slots: Collection<SlotDocument>;
  readonly marker: Marker;
  readonly sources: () => readonly AnyRecordSource[];
};

/** The slot whose block comes next, and what it follows. */
export type Position = { readonly slot: number; readonly parent: Parent | null };

/** Empty slots are told to the store so many at a time. */
const perInsert = 500;
/** So many empty slots are looked at together. */
const longestRun = 100_000;
/** Slots younger than this are sealed one by one: another replica may still write for them. */
const youngSlots = 3;

export type Sealer = {
  /** Seals the next slot and tells its document, or that of whoever was faster. */
  sealOne(position: Position): Promise<SlotDocument>;
  /** The last slot of the run of slots from here on in which nobody heard anything and nothing waits; null if none. */
  emptyUntil(position: Position): Promise<number | null>;
  /** Seals empty slots up to `lastSlot` or until others were faster; tells the last that is sealed. */
  sealEmpty(
    position: Position,
    lastSlot: number,
    signal: AbortSignal,
  ): Promise<SlotDocument | null>;
};

export const createSealer = (deps: SealerDeps): Sealer => {
  const { network, clock, policies, beacons, slots, marker, sources } = deps;
  const { genesis } = network;
  const policyHashOf = createPolicyHashes(policies);

  const documentFor = (
    { slot, parent }: Position,
    isObserved: boolean,
    { body, count, root, backlog, records }: AssembledBody,
  ): SlotDocument => {
    const { header, headerHash } = makeHeader(network, parent, {
      slot,
      body_root: root,
      body_count: count,
      backlog,
      observed: isObserved,
      policy_hash: policyHashOf(epochOf(genesis, slot)),
      nowMs: clock.now(),
    });
    return headerToDocument(header, { headerHash, body, hasRecords: records.length > 0 });
  };

  const hasAny = async (source: AnyRecordSource, from: number, to: number): Promise<boolean> =>
    source.hasAny === undefined
      ? (await source.collect(sealingSlot(genesis, to))).length > 0
      : source.hasAny(from, to);

  const isAnythingWaiting = async (from: number, to: number): Promise<boolean> => {
    for (const source of sources()) if (await hasAny(source, from, to)) return true;
    return false;
  };

  return {
    sealOne: async (position) => {
      const sealing: SealingSlot = sealingSlot(genesis, position.slot);
      const closed = await beacons.closeSlot(position.slot);
      const assembled = await assembleBody(
        closed.beacons,
        sources(),
        sealing,
        genesis.max_body_bytes,
      );
      const { inserted, stored } = await insertOrFind(
        slots,
        documentFor(position, closed.isObserved, assembled),
      );
      if (inserted) await marker.mark(position.slot, assembled.records);
      else await marker.catchUp(stored.slot);
      await closed.pack();
      return stored;
    },
    emptyUntil: async ({ slot }) => {
      const old = Math.min(latestToSeal(genesis, clock.now()) - youngSlots, slot + longestRun - 1);
      if (old < slot) return null;
      const heard = (await beacons.nextHeard(slot)) ?? Infinity;
      const last = Math.min(heard - 1, old);
      if (last < slot) return null;
      for (let until = last; ; until = slot + Math.floor((until - slot) / 2)) {
        if (!(await isAnythingWaiting(slot, until))) return until;
        if (until === slot) return null;
      }
    },
    sealEmpty: async (position, lastSlot, signal) => {
      const empty = await assembleBody(
        new Uint8Array(),
        [],
        sealingSlot(genesis, position.slot),
        Infinity,
      );
      let sealed: SlotDocument | null = null;
      for (let next = position; next.slot <= lastSlot && !signal.aborted;) {
        const documents: SlotDocument[] = [];
        for (; documents.length < perInsert && next.slot <= lastSlot; next = after(documents))
          documents.push(documentFor(next, false, empty));
        const { outcome, inserted } = await slots.insertMany(documents);
        sealed = documents[inserted - 1] ?? sealed;
        if (outcome !== "done") return sealed;
      }
      return sealed;
    },
  };
};

const after = (documents: readonly SlotDocument[]): Position =>
  positionAfter(documents.at(-1) as SlotDocument);

export const positionAfter = ({ slot, header_hash, sealed_at }: SlotDocument): Position => ({
  slot: slot + 1,
  parent: { headerHash: header_hash, sealedAtMs: sealed_at },
});

/** The hash of an epoch's policy, made once an epoch. */
const createPolicyHashes = (policies: SealerDeps["policies"]): ((epoch: number) => string) => {
  let made = { epoch: Number.NaN, hash: "" };
  return (epoch) => {
    if (made.epoch !== epoch) made = { epoch, hash: policyHash(policies.forEpoch(epoch)) };
    return made.hash;
  };
};
