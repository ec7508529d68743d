import { toIso, toIsoOrNull, toMoment, toSealed } from "../shared/view.ts";
import type { Network } from "../shared/network.ts";
import type { AddressChangeStatus } from "./contract.ts";

export const changeToView = (
  { genesis }: Pick<Network, "genesis">,
  status: AddressChangeStatus,
) => {
  const { change } = status;
  return {
    owner_id: change.owner_id,
    seq: change.seq,
    state: status.state,
    old_address: change.old_address,
    new_address: change.new_address,
    node_id: change.node_id,
    with_old_wallet: change.old_wallet_signature !== undefined,
    announced_at: toIso(status.announcedAtMs),
    takes_force_at: toIso(status.takesForceAtMs),
    cancelled_at: toIsoOrNull(status.cancelledAtMs),
    sealed: toSealed(genesis, status.sealedSlot),
    why: why(status),
  };
};

const why = (status: AddressChangeStatus): string => {
  const { old_address: from, new_address: to, old_wallet_signature: withOld } = status.change;
  const at = toMoment(status.takesForceAtMs);
  switch (status.state) {
    case "announced":
    case "pending":
      return status.isBeingCancelled
        ? `The old wallet ${from} takes it back with the next block.`
        : `Payouts go to ${from} until ${at}, and from then on to ${to}. ${
            withOld === undefined
              ? "Until then the old wallet can take it back (lucid node address cancel)."
              : "The old wallet has agreed, so nothing takes it back."
          }`;
    case "in_force":
      return `Payouts go to ${to} since ${at}.`;
    case "left":
      return `Payouts went to ${to} from ${at} on, until another change followed.`;
    case "cancelled":
      return `The old wallet ${from} took it back at ${toMoment(status.cancelledAtMs ?? 0)}.`;
    case "void":
      break;
  }
  return `It changed nothing: ${from} was not the address in force, or ${to} was another owner's.`;
};
