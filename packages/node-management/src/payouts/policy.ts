import { type Policy, slotAt } from "@lucid/protocol";
import { Fault } from "../shared/fault.ts";
import type { PayerContext } from "./contract.ts";
import type { PayoutDocument } from "./documents.ts";

/** The policy of this moment's slot. */
export const policyNow = ({
  network,
  policies,
  clock,
}: Pick<PayerContext, "network" | "policies" | "clock">): Policy =>
  policies.forSlot(slotAt(network.genesis, clock.now()));

/** The policy of the slot of the debit rules a payout. */
export const policyOf = (
  { policies }: Pick<PayerContext, "policies">,
  payout: PayoutDocument,
): Policy => {
  const policy = policies.version(payout.policy);
  if (policy === null)
    throw new Fault("policy.missing", `policy ${payout.policy} is not there`, {
      payout: payout.id,
    });
  return policy;
};
