import { type BlockNetwork, epochOf } from "@lucid/protocol";
import type { Tally } from "../report/tally.ts";
import type { Placed, TimedBlock } from "./block.ts";
import { problem } from "./problem.ts";
import type { Verdict } from "./problem.ts";

type Deps = { readonly network: BlockNetwork; readonly tally: Tally };

/**
 * Roots of the audit trail. What they stand for is kept by the operator; that each epoch has one, once it is over and
 * never another, is checked, so that the trail cannot be put together anew.
 */
export const createAuditRoots = ({ network: { genesis }, tally }: Deps) => {
  let next = epochOf(genesis, genesis.first_slot);
  return ({ data: { epoch }, at }: Placed<"audit_root">, { slot }: TimedBlock): Verdict => {
    if (epoch >= epochOf(genesis, slot))
      return problem(
        "audit_root.early",
        `The audit trail of epoch ${epoch} has its root in the block of slot ${slot}, before the epoch is over.`,
        at,
      );
    if (epoch !== next)
      return problem(
        "audit_root.order",
        `The audit trail of epoch ${epoch} has a root where that of epoch ${next} is due: each epoch has one, in order.`,
        at,
      );
    next += 1;
    tally.attest("audit_roots");
    return null;
  };
};
