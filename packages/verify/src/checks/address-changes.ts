import { checkAddressChange, checkCancellation, isCancellation } from "@lucid/protocol";
import type { AddressBook, AddressChange, AddressChangeCancellation } from "@lucid/protocol";
import type { Tally } from "../report/tally.ts";
import type { Placed, TimedBlock } from "./block.ts";
import type { Members } from "./members.ts";
import { problem } from "./problem.ts";
import type { Place, Verdict } from "./problem.ts";

type Deps = {
  readonly networkId: string;
  readonly addresses: AddressBook;
  readonly members: Pick<Members, "byId">;
  readonly tally: Tally;
};

/**
 * Changes of an owner's address and their cancellations. Who signed them is checked; what then does not fit the owner's
 * addresses, or comes too late, is void: it changes nothing, and is no lie.
 */
export const createAddressChanges = ({ networkId, addresses, members, tally }: Deps) => {
  const change = (data: AddressChange, at: Place, slot: number): Verdict => {
    const { owner_id: ownerId, node_id: nodeId, new_address } = data;
    const member = members.byId(nodeId);
    if (member?.ownerId !== ownerId)
      return problem("address_change.node", `${nodeId} is no node of ${ownerId}.`, at);
    const signed = checkAddressChange(networkId, data, member.publicKey);
    if (!signed.ok)
      return problem(
        `address_change.${signed.code}`,
        `The change of ${ownerId} to ${new_address} does not hold: ${signed.detail}.`,
        at,
      );
    if (addresses.change(data, slot).ok) tally.check("address_changes");
    return null;
  };

  const cancel = (data: AddressChangeCancellation, at: Place, slot: number): Verdict => {
    const meant = addresses.changeOf(data);
    if (meant === null) return null;
    const signed = checkCancellation(networkId, data, meant.old_address);
    if (!signed.ok)
      return problem(
        `address_change.${signed.code}`,
        `The cancellation of change ${data.seq} of ${data.owner_id} does not hold: ${signed.detail}.`,
        at,
      );
    if (addresses.cancel(data, slot).ok) tally.check("address_changes");
    return null;
  };

  return ({ data, at }: Placed<"address_change">, { slot }: TimedBlock): Verdict =>
    isCancellation(data) ? cancel(data, at, slot) : change(data, at, slot);
};
