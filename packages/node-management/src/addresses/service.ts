import type { NetworkEvent } from "@lucid/api";
import type { Documents } from "@lucid/platform/documents";
import type { Events } from "@lucid/platform/events";
import { normaliseSignature, ProtocolError } from "@lucid/protocol";
import { nothingReached, type Reached } from "../shared/follow.ts";
import { pageOf } from "../shared/page.ts";
import { insertOrFind } from "../shared/written.ts";
import type { Addresses, AddressChangeStatus, AddressVerdict } from "./contract.ts";
import {
  type AddressChangeDocument,
  cancellationToDocument,
  changeId,
  changeToDocument,
  openAddresses,
} from "./documents.ts";
import { createFollowAddresses } from "./follow.ts";
import { judgeCancelling, type JudgeDeps, judgePlace, judgeSigned } from "./judge.ts";
import { refuse } from "./rules.ts";
import { createAddressSource } from "./source.ts";
import { toStatus } from "./status.ts";

export type AddressesDeps = Omit<JudgeDeps, "refusedAddresses"> & {
  readonly documents: Pick<Documents, "collection">;
  readonly events: Pick<Events<NetworkEvent>, "publish">;
};

export type AddressesOptions = {
  readonly refusedAddresses?: JudgeDeps["refusedAddresses"];
  /** What was sealed before the load. */
  readonly from?: Reached;
};

/** One change is one insert under the owner's next number; whoever was faster has it. */
export const createAddresses = (
  deps: AddressesDeps,
  { refusedAddresses = new Map<string, string>(), from = nothingReached }: AddressesOptions = {},
): Addresses => {
  const { network, clock, registry, documents, events } = deps;
  const judging = { ...deps, refusedAddresses };
  const collections = openAddresses(documents);
  const { changes, cancellations } = collections;
  const { addresses } = registry;

  const statusOf = async (document: AddressChangeDocument): Promise<AddressChangeStatus> => {
    const cancellation = await cancellations.get(document.id);
    const history = addresses.historyOf(document.owner_id);
    return toStatus(network, { document, cancellation, history }, clock.now());
  };

  const found = async (document: AddressChangeDocument): Promise<AddressVerdict> => ({
    outcome: "found",
    status: await statusOf(document),
  });

  const change: Addresses["change"] = async (wanted) => {
    const unsigned = judgeSigned(judging, wanted);
    if (unsigned !== null) return unsigned;
    const known = await changes.get(changeId(wanted));
    if (known?.signature === wanted.signature) return found(known);
    const refusal = judgePlace(judging, wanted);
    if (refusal !== null) return refusal;
    addresses.announce(wanted);
    const document = changeToDocument(wanted, clock.now());
    const { inserted, stored } = await insertOrFind(changes, document).catch((error: unknown) => {
      addresses.withdraw(wanted);
      throw error;
    });
    if (stored.signature !== wanted.signature) {
      addresses.withdraw(wanted);
      return refuse("addresses.seq", `/seq: change ${wanted.seq} is another one`);
    }
    if (!inserted) return found(stored);
    events.publish({
      type: "address",
      owner_id: stored.owner_id,
      seq: stored.seq,
      state: "announced",
    });
    return { outcome: "announced", status: await statusOf(stored) };
  };

  const cancel: Addresses["cancel"] = async (given) => {
    const { owner_id, seq } = given;
    if (registry.owner(owner_id) === null)
      return refuse("owners.unknown", `There is no owner ${owner_id}.`);
    const meant = await changes.get(changeId(given));
    if (meant === null)
      return refuse("addresses.no_change", `/seq: ${owner_id} has no change ${seq}`);
    const known = await cancellations.get(meant.id);
    if (known?.wallet_signature === given.wallet_signature) return found(meant);
    const refusal = judgeCancelling(judging, given, meant);
    if (refusal !== null) return refusal;
    addresses.announce(given);
    const document = cancellationToDocument(given, clock.now());
    const { inserted } = await insertOrFind(cancellations, document).catch((error: unknown) => {
      addresses.withdraw(given);
      throw error;
    });
    if (inserted) events.publish({ type: "address", owner_id, seq, state: "cancelled" });
    return { outcome: inserted ? "announced" : "found", status: await statusOf(meant) };
  };

  return {
    change,
    cancel: (given) => cancel({ ...given, wallet_signature: inStoredForm(given.wallet_signature) }),
    list: async (ownerId, request) => {
      const { page, limit, skip } = pageOf(request);
      const where = { owner_id: ownerId };
      const [total, found] = await Promise.all([
        changes.count({ where }),
        changes.find({ where, sort: [["seq", "desc"]], skip, limit }),
      ]);
      return { items: await Promise.all(found.map(statusOf)), total, page, limit };
    },
    next: async (ownerId) => {
      const isQuiet =
        addresses.awaitingSeal(ownerId) === null &&
        addresses.historyOf(ownerId)?.changes.length === 0;
      if (isQuiet) return null;
      const found = await changes.find({ where: { owner_id: ownerId } });
      const waiting = (await Promise.all(found.map(statusOf))).filter(
        ({ state }) => state === "announced" || state === "pending",
      );
      return waiting.toSorted((a, b) => a.takesForceAtMs - b.takesForceAtMs)[0] ?? null;
    },
    nextSeq: (ownerId) => addresses.nextSeq(ownerId),
    follow: createFollowAddresses(collections, addresses, from),
    source: createAddressSource(collections, addresses),
  };
};

/** A wallet's signature in its one form; one that has none stays as it is, and is refused as what it is. */
const inStoredForm = (signature: string): string => {
  try {
    return normaliseSignature(signature);
  } catch (error) {
    if (error instanceof ProtocolError) return signature;
    throw error;
  }
};
