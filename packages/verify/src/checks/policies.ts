import { policyHash, policyInForce } from "@lucid/protocol";
import type { Policy, SealedPolicy } from "@lucid/protocol";
import type { Placed, TimedBlock } from "./block.ts";
import { problem } from "./problem.ts";
import type { Verdict } from "./problem.ts";

/** A policy is announced so many epochs before it rules. */
const NOTICE_EPOCHS = 2;

/** The policies that a log announces, and which of them rules. */
export type Policies = ReturnType<typeof createPolicies>;

export const createPolicies = () => {
  const sealed: SealedPolicy[] = [];
  const hashes = new Map<Policy, string>();

  const announce = ({ data: policy, at }: Placed<"policy">, block: TimedBlock): Verdict => {
    const latest = sealed.at(-1)?.policy;
    const earliest = latest === undefined ? block.epoch : block.epoch + NOTICE_EPOCHS;
    if (latest !== undefined && policy.version !== latest.version + 1)
      return problem(
        "policy.version",
        `Policy version ${policy.version} was announced after version ${latest.version}; the next one is ${latest.version + 1}.`,
        at,
      );
    const isInTime =
      latest === undefined ? policy.from_epoch === earliest : policy.from_epoch >= earliest;
    if (!isInTime)
      return problem(
        "policy.from_epoch",
        `Policy version ${policy.version} was announced in epoch ${block.epoch} to rule from epoch ${policy.from_epoch}; ` +
          `the earliest epoch allowed is ${earliest}.`,
        at,
      );
    if (policy.stake !== undefined)
      return problem(
        "policy.stake",
        `Policy version ${policy.version} weighs stakes, which this version of settlement does not read.`,
        at,
      );
    sealed.push({ policy, sealed_order: sealed.length });
    hashes.set(policy, policyHash(policy));
    return null;
  };

  return {
    announce,

    /** The policy that rules an epoch; the first one also rules the slot in which the network was founded. */
    inForce: (epoch: number): Policy =>
      policyInForce(sealed, Math.max(epoch, sealed[0]?.policy.from_epoch ?? epoch)),

    /** Block 0 brings the first policy, and every header names the one in force. */
    checkHeader: ({ header, epoch }: TimedBlock): Verdict => {
      if (sealed.length === 0)
        return problem("policy.first", "The first block announces no policy, so nothing rules.");
      const ruling = policyInForce(sealed, epoch);
      if (hashes.get(ruling) === header.policy_hash) return null;
      return problem(
        "header.policy",
        `The block says that another policy rules epoch ${epoch} than version ${ruling.version}, which the log announced for it.`,
      );
    },
  };
};
