import type { Clock } from "@lucid/platform/clock";
import {
  type AddressChange,
  type AddressChangeCancellation,
  checkAddressChange,
  checkCancellation,
  isCancellation,
  dataProblems,
  slotAt,
  slotEnd,
} from "@lucid/protocol";
import type { AddressFact, RefusedAddress, Registry } from "../registry/index.ts";
import type { Network } from "../shared/network.ts";
import { toMoment } from "../shared/view.ts";
import type { Refusal } from "./contract.ts";
import type { AddressChangeDocument } from "./documents.ts";
import { codeOfCancellation, codeOfChange, findOvertaker, refuse } from "./rules.ts";

export type JudgeDeps = {
  readonly network: Network;
  readonly clock: Pick<Clock, "now">;
  readonly registry: Pick<Registry, "node" | "owner" | "addresses" | "claimAddress">;
  readonly refusedAddress: RefusedAddress;
};

/** Who signed a change, which never becomes another answer. */
export const judgeSigned = (deps: JudgeDeps, change: AddressChange): Refusal | null => {
  const { registry, network } = deps;
  const { owner_id, node_id } = change;
  if (registry.owner(owner_id) === null)
    return refuse("owners.unknown", `There is no owner ${owner_id}.`);
  const malformed = formRefusal(change);
  if (malformed !== null) return malformed;
  const node = registry.node(node_id);
  if (node?.ownerId !== owner_id)
    return refuse("addresses.node", `/node_id: ${node_id} is no node of ${owner_id}`);
  const signed = checkAddressChange(network.networkId, change, node.publicKey);
  if (signed.ok) return null;
  if (signed.code === "same_address")
    return refuse("addresses.new_address", `/new_address: ${signed.detail}`);
  return refuse("addresses.signature", `/${signed.code}: ${signed.detail}`);
};

/** Whether an address is one that no owner may be paid at. */
export const judgeRecipient = async (
  { refusedAddress }: Pick<JudgeDeps, "refusedAddress">,
  { new_address: to }: AddressChange,
): Promise<Refusal | null> => {
  const what = await refusedAddress(to);
  return what === null ? null : refuse("addresses.new_address", `/new_address: ${to} is ${what}`);
};

/** Whether a change may take its place now, judged as its block will be. Reads memory alone. */
export const judgePlace = (deps: JudgeDeps, change: AddressChange): Refusal | null => {
  const { registry, network, clock } = deps;
  const { addresses } = registry;
  const { owner_id, new_address: to } = change;
  const waiting = addresses.awaitingSeal(owner_id);
  if (waiting !== null && isSame(waiting, change)) return null;
  if (waiting !== null)
    return refuse(
      "addresses.seq",
      "/seq: the word before is not in a block yet; try again in two slots",
    );
  const slot = slotAt(network.genesis, clock.now());
  const judged = addresses.judgeChange(change, slot);
  if (!judged.ok) {
    const [code, pointer] = codeOfChange[judged.code];
    return refuse(code, `${pointer}: ${judged.detail}`);
  }
  const fromMs = slotEnd(network.genesis, slot);
  const holder = addresses.holderOf(to, fromMs);
  if (holder !== null) return takenBy(to);
  const history = addresses.historyOf(owner_id);
  const first = history === null ? null : findOvertaker(history, change, fromMs);
  if (first === null) return null;
  return refuse(
    "addresses.overtaken",
    `change ${first.seq} to ${first.new_address} takes force before this one would`,
  );
};

/** Whether the old wallet takes a change back in time. */
export const judgeCancelling = (
  { registry, network, clock }: JudgeDeps,
  cancellation: AddressChangeCancellation,
  meant: AddressChangeDocument,
): Refusal | null => {
  const signed = checkCancellation(network.networkId, cancellation, meant.old_address);
  if (!signed.ok) return refuse("addresses.signature", `/${signed.code}: ${signed.detail}`);
  if (meant.old_wallet_signature !== undefined)
    return refuse("addresses.with_old_wallet", "the old wallet signed the change");
  // One that no block holds yet has all its delay before it.
  if (meant.sealed_slot === null) return null;
  const nowMs = clock.now();
  const slot = slotAt(network.genesis, nowMs);
  const judged = registry.addresses.judgeCancellation(cancellation, slot);
  if (judged.ok) return null;
  return refuse(codeOfCancellation[judged.code], `${judged.detail} (it is ${toMoment(nowMs)})`);
};

export const takenBy = (address: string): Refusal =>
  refuse("addresses.new_address", `/new_address: ${address} is taken by another owner just now`);

/** The same change again, while the first is being written. */
const isSame = (fact: AddressFact, { signature }: AddressChange): boolean =>
  !isCancellation(fact) && fact.signature === signature;

const formRefusal = (change: AddressChange): Refusal | null => {
  const problems = dataProblems("address_change", change);
  const [first] = problems;
  if (first === undefined) return null;
  const detail = `${first.pointer} ${first.detail}`;
  return { ...refuse("request.invalid", detail), errors: problems };
};
