import type { Documents } from "@lucid/platform/documents";
import {
  compareBytes,
  createMaintenanceBook,
  firstSlotOf,
  recordLeaf,
  slotAt,
} from "@lucid/protocol";
import { createFollow, nothingReached, type Reached } from "../shared/follow.ts";
import { findPage } from "../shared/page.ts";
import { type AnnounceDeps, createAnnounce } from "./announce.ts";
import type { MaintenanceService } from "./contract.ts";
import { documentToRecord, maintenanceCollection, type MaintenanceDocument } from "./documents.ts";
import { createMaintenanceSource } from "./source.ts";
import { createSpans } from "./spans.ts";

export type MaintenanceDeps = Omit<AnnounceDeps, "collection"> & {
  readonly documents: Pick<Documents, "collection">;
};

/** An announcement counts with those of the six epochs before and after it; more than twice as many are read. */
const epochsThatCount = 14;

type Sealed = MaintenanceDocument & { sealed_slot: number };
const isSealed = (document: MaintenanceDocument): document is Sealed =>
  document.sealed_slot !== null;

/** Loads what is shown of it. */
export const createMaintenance = async (
  deps: MaintenanceDeps,
  { from = nothingReached }: { readonly from?: Reached } = {},
): Promise<MaintenanceService> => {
  const { documents, network, clock } = deps;
  const { genesis } = network;
  const collection = documents.collection(maintenanceCollection);
  const spans = createSpans(genesis);
  const followCollection = createFollow(collection, "announced_at", from);

  const know = (document: MaintenanceDocument): void => {
    if (isSealed(document) && document.sealed_slot < document.from_slot)
      spans.add(documentToRecord(document));
  };
  /** The open epoch and the one before are shown. */
  const shownFrom = (): number => slotAt(genesis, clock.now()) - 2 * genesis.slots_per_epoch;

  for (const document of await collection.find({ where: { to_slot: { gt: shownFrom() } } }))
    know(document);

  return {
    announce: createAnnounce({ ...deps, collection }),
    list: async (nodeId, request) => {
      const where = { node_id: nodeId };
      return findPage(collection, { where, sort: [["seq", "desc"]] }, request);
    },
    slots: (nodeId, epoch) => spans.slots(nodeId, epoch),
    isUnderWay: (nodeId, slot) => spans.covers(nodeId, slot),
    book: async (epoch, sealedUpTo) => {
      const since = firstSlotOf(genesis, epoch - epochsThatCount);
      const found = await collection.find({ where: { to_slot: { gt: since } } });
      const book = createMaintenanceBook(genesis);
      const sealed = found.filter(isSealed).filter(({ sealed_slot }) => sealed_slot <= sealedUpTo);
      for (const document of sealed.toSorted(inLogOrder))
        book.add(documentToRecord(document), document.sealed_slot);
      return book;
    },
    follow: async (reached) => {
      spans.forgetBefore(shownFrom());
      await followCollection(reached, know);
    },
    source: createMaintenanceSource(collection, (record, slot) => {
      spans.forgetBefore(shownFrom());
      if (slot < record.from_slot) spans.add(record);
    }),
  };
};

const inLogOrder = (a: Sealed, b: Sealed): number =>
  a.sealed_slot - b.sealed_slot || compareBytes(leafOf(a), leafOf(b));

const leafOf = (document: Sealed): Uint8Array =>
  recordLeaf("maintenance", documentToRecord(document));
