import type { NetworkEvent } from "@lucid/api";
import type { Documents } from "@lucid/platform/documents";
import type { Events } from "@lucid/platform/events";
import { type AddressChange, normaliseSignature, ProtocolError } from "@lucid/protocol";
import { nothingReached, type Reached } from "../shared/follow.ts";
import { findPage } from "../shared/page.ts";
import { insertOrFind } from "../shared/written.ts";
import type { Addresses, AddressChangeStatus, AddressVerdict, Refusal } from "./contract.ts";
import {
  type AddressChangeDocument,
  changeId,
  factToDocument,
  openAddresses,
} from "./documents.ts";
import { createFollowAddresses } from "./follow.ts";
import {
  judgeCancelling,
  type JudgeDeps,
  judgePlace,
  judgeRecipient,
  judgeSigned,
  takenBy,
} from "./judge.ts";
import { refuse } from "./rules.ts";
import { createAddressSource } from "./source.ts";
import { toStatus } from "./status.ts";

export type AddressesDeps = Omit<JudgeDeps, "refusedAddress"> & {
  readonly documents: Pick<Documents, "collection">;
  readonly events: Pick<Events<NetworkEvent>, "publish">;
};

export type AddressesOptions = {
  readonly refusedAddress?: JudgeDeps["refusedAddress"];
  /** What was sealed before the load. */
  readonly from?: Reached;
};

/** One change is one insert under the owner's next number; whoever was faster has it. */
export const createAddresses = (
  deps: AddressesDeps,
  { refusedAddress = async () => null, from = nothingReached }: AddressesOptions = {},
): Addresses => {
  const { network, clock, registry, documents, events } = deps;
  const judging = { ...deps, refusedAddress };
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

  const write = async (wanted: AddressChange): Promise<Refusal | Written> => {
    const { owner_id, new_address, seq, signature } = wanted;
    if (!(await registry.claimAddress(new_address, owner_id))) return takenBy(new_address);
    const written = await insertOrFind(changes, factToDocument(wanted, clock.now()));
    if (written.stored.signature === signature) return { outcome: "written", ...written };
    return refuse("addresses.seq", `/seq: change ${seq} is another one`);
  };

  const change: Addresses["change"] = async (wanted) => {
    const unsigned = judgeSigned(judging, wanted);
    if (unsigned !== null) return unsigned;
    const known = await changes.get(changeId(wanted));
    if (known?.signature === wanted.signature) return found(known);
    const refusal = (await judgeRecipient(judging, wanted)) ?? judgePlace(judging, wanted);
    if (refusal !== null) return refusal;
    addresses.announce(wanted);
    const written = await write(wanted).catch((error: unknown) => {
      addresses.withdraw(wanted);
      throw error;
    });
    if (written.outcome === "refused") {
      addresses.withdraw(wanted);
      return written;
    }
    const { inserted, stored } = written;
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
    const document = factToDocument(given, clock.now());
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
      const where = { owner_id: ownerId };
      const page = await findPage(changes, { where, sort: [["seq", "desc"]] }, request);
      return { ...page, items: await Promise.all(page.items.map(statusOf)) };
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

type Written = {
  readonly outcome: "written";
  readonly inserted: boolean;
  readonly stored: AddressChangeDocument;
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
