import type { Clock } from "@lucid/platform/clock";
import type { Collection } from "@lucid/platform/documents";
import { decodeBody, NO_HEADER_HASH, slotAt } from "@lucid/protocol";
import type { Registry } from "../registry/index.ts";
import type { Network } from "../shared/network.ts";
import type { SealedSlots } from "./contract.ts";
import { type SlotDocument, slotId } from "./documents.ts";
import { readPresence } from "./presence.ts";

type Readers = Pick<
  SealedSlots,
  "firstWithoutBacklog" | "unobserved" | "presence" | "body" | "isRecentHeader"
>;

export type ReadersDeps = {
  readonly slots: Collection<SlotDocument>;
  readonly network: Network;
  readonly clock: Pick<Clock, "now">;
  readonly registry: Pick<Registry, "nodes">;
};

/** What the documents say of sealed slots. */
export const createReaders = ({ slots, network, clock, registry }: ReadersDeps): Readers => {
  const { genesis } = network;
  const bodyOf = async (slot: number): Promise<Uint8Array | null> =>
    (await slots.get(slotId(slot)))?.body ?? null;

  return {
    firstWithoutBacklog: async (fromSlot) => {
      const [found] = await slots.find({
        where: { backlog: 0, slot: { gte: fromSlot } },
        sort: [["slot", "asc"]],
        limit: 1,
      });
      return found?.slot ?? null;
    },
    unobserved: async (fromSlot, toSlot) => {
      const found = await slots.find({
        where: { observed: false, slot: { gte: fromSlot, lt: toSlot } },
        sort: [["slot", "asc"]],
      });
      return found.map(({ slot }) => slot);
    },
    presence: (epoch) => readPresence({ genesis, nodes: () => registry.nodes(), bodyOf }, epoch),
    body: async (slot) => {
      const body = await bodyOf(slot);
      return body === null ? null : decodeBody(body);
    },
    isRecentHeader: async (headerHash) => {
      // By the clock: the enrolment stands in the block of this moment, which is far away while sealing catches up.
      const oldest = slotAt(genesis, clock.now()) - genesis.slots_per_epoch;
      if (headerHash === NO_HEADER_HASH) return oldest < genesis.first_slot;
      const where = { header_hash: headerHash, slot: { gte: oldest } };
      return (await slots.count({ where })) > 0;
    },
  };
};
