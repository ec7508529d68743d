import { addressDelayMs, type AddressHistory, changeState, slotAt, slotEnd } from "@lucid/protocol";
import type { Network } from "../shared/network.ts";
import type { AddressChangeStatus } from "./contract.ts";
import {
  type AddressCancellationDocument,
  type AddressChangeDocument,
  documentToFact,
} from "./documents.ts";

/** What became of a change, from its documents and the addresses as they are sealed. */
export const toStatus = (
  { genesis }: Pick<Network, "genesis">,
  stored: {
    readonly document: AddressChangeDocument;
    readonly cancellation: AddressCancellationDocument | null;
    readonly history: AddressHistory | null;
  },
  nowMs: number,
): AddressChangeStatus => {
  const { document, cancellation, history } = stored;
  const { seq, announced_at, sealed_slot } = document;
  const change = documentToFact(document);
  const placed = history?.changes.find((one) => one.change.seq === seq);
  const slot = sealed_slot ?? Math.max(slotAt(genesis, announced_at), slotAt(genesis, nowMs));
  const base = {
    change,
    announcedAtMs: announced_at,
    takesForceAtMs: slotEnd(genesis, slot) + addressDelayMs(change),
    sealedSlot: sealed_slot,
    cancelledAtMs: placed?.cancelledMs ?? null,
    isBeingCancelled: cancellation?.sealed_slot === null,
  };
  if (sealed_slot === null) return { ...base, state: "announced" };
  if (history === null || placed === undefined) return { ...base, state: "void" };
  return { ...base, state: changeState(history, placed, nowMs) };
};
