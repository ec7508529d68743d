import { verifyObject } from "@lucid/protocol";
import type { AddressChange, AddressChangeCancellation } from "@lucid/protocol";
import type { Placed, TimedBlock } from "./block.ts";
import type { Members } from "./members.ts";
import type { Owner, Owners } from "./owners.ts";
import { problem } from "./problem.ts";
import type { Place, Verdict } from "./problem.ts";
import { addressText, cancelText, isSignedBy } from "./wallet-words.ts";

const HOUR_MS = 3_600_000;
/** From the end of the sealing slot: with the old wallet's signature, and without it. */
const SIGNED_DELAY_MS = 48 * HOUR_MS;
const UNSIGNED_DELAY_MS = 30 * 24 * HOUR_MS;

type Deps = {
  readonly networkId: string;
  readonly owners: Owners;
  readonly members: Pick<Members, "byId">;
};

/** Changes of an owner's address and their cancellations, as they are sealed. */
export const createAddressChanges = ({ networkId, owners, members }: Deps) => {
  const change = (data: AddressChange, at: Place, { endMs }: TimedBlock): Verdict => {
    const { owner_id: ownerId, node_id, old_address: from, new_address: to, seq } = data;
    const owner = owners.get(ownerId);
    const member = members.byId(node_id);
    if (owner === undefined || member?.ownerId !== ownerId)
      return problem("address_change.node", `${node_id} is no node of ${ownerId}.`, at);
    if (seq !== owner.changes)
      return problem(
        "address_change.seq",
        `It is change ${owner.changes} of ${ownerId}, not ${seq}.`,
        at,
      );
    if (owners.current(owner) !== from)
      return problem("address_change.old", `${from} is not the address of ${ownerId}.`, at);
    const text = addressText({ networkId, ownerId, from, to, seq });
    const oldSignature = data.old_wallet_signature;
    const isSigned =
      verifyObject("address_change", networkId, data, data.signature, member.publicKey) &&
      isSignedBy(to, text, data.new_wallet_signature) &&
      (oldSignature === undefined || isSignedBy(from, text, oldSignature));
    if (!isSigned)
      return problem(
        "address_change.signature",
        `The change of ${ownerId} to ${to} is not signed by the node and the wallets it names.`,
        at,
      );
    const refusal = owners.refusal(to);
    if (refusal !== null) return { ...refusal, at };
    const isUnsigned = oldSignature === undefined;
    const takesEffectMs = endMs + (isUnsigned ? UNSIGNED_DELAY_MS : SIGNED_DELAY_MS);
    owners.plan(owner, { seq, from, to, takesEffectMs, isUnsigned });
    return null;
  };

  const cancel = (data: AddressChangeCancellation, at: Place): Verdict => {
    const { owner_id: ownerId, seq, wallet_signature } = data;
    const owner: Owner | undefined = owners.get(ownerId);
    const planned = owner?.pending.find((pending) => pending.seq === seq && pending.isUnsigned);
    if (owner === undefined || planned === undefined)
      return problem(
        "address_change.cancelled",
        `${ownerId} has no pending change ${seq} that its old wallet could cancel.`,
        at,
      );
    if (!isSignedBy(planned.from, cancelText(networkId, ownerId, seq), wallet_signature))
      return problem(
        "address_change.signature",
        `The cancellation of change ${seq} of ${ownerId} is not signed by the wallet ${planned.from}.`,
        at,
      );
    owners.cancel(owner, planned);
    return null;
  };

  return ({ data, at }: Placed<"address_change">, block: TimedBlock): Verdict =>
    "wallet_signature" in data ? cancel(data, at) : change(data, at, block);
};
