import { isAddress } from "../address.ts";
import { satisfies, wrong } from "../fields.ts";
import type { Problem } from "../fields.ts";
import { isNodeId, isOwnerId } from "../identity.ts";

export const nodeIdCheck = satisfies(isNodeId, "must be a node id");
export const ownerIdCheck = satisfies(isOwnerId, "must be an owner id");
export const addressCheck = satisfies(isAddress, "must be a TRON address in base58");
export const reasonCheck = satisfies(
  (value) => typeof value === "string" && /^[a-z][a-z0-9_]{0,63}$/.test(value),
  "must be a code of a-z, 0-9 and _",
);
export const payoutIdCheck = satisfies(
  (value) => typeof value === "string" && /^payout_[a-z2-7]{26}$/.test(value),
  "must be a payout id",
);

/** A rule between fields: no problem when it holds. */
export function ruleProblems(holds: boolean, pointer: string, detail: string): Problem[] {
  return holds ? [] : [wrong(pointer, detail)];
}
