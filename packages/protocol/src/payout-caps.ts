import type { PayoutRules } from "./policy.ts";
import type { PayoutRecord } from "./records/types.ts";

/** A payout's `approved` record, and the payout rules of the policy in force in the slot of its debit. */
export type Approval = Pick<PayoutRecord, "payout_id" | "owner_id" | "gross_micro" | "at"> & {
  rules: PayoutRules;
};

/** A cap that payouts share, by its field in the policy. */
export type PayoutCap = "hour_cap_micro" | "day_cap_micro" | "day_count" | "owner_day_count";

/** The first approval beyond a cap: its position in the list, and how much there would be with it. */
export type CapProblem = { position: number; cap: PayoutCap; limit: bigint; reached: bigint };

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** Whether only a person may approve a payout of this gross (micro-USDT). */
export function needsPerson(rules: PayoutRules, grossMicro: bigint): boolean {
  if (rules.mode === "oversight") return grossMicro > BigInt(rules.oversight_above_micro);
  return rules.mode === "manual";
}

/**
 * The first approval, in order of `at` and at one moment as listed, that was beyond a cap of its own rules; null if
 * none was. Gross, counted by `at` (chain time, Unix ms) per hour and day of UTC, each payout once, by its first
 * approval, whatever became of it. A person's approval is neither held to the hour cap nor counted in its hour.
 * @param approvals all of the days that they lie in
 */
export function firstBeyondCaps(approvals: readonly Approval[]): CapProblem | null {
  const ordered = approvals
    .map((approval, position) => ({ ...approval, position }))
    .toSorted((a, b) => a.at - b.at);
  const counts = new Map<string, bigint>();
  const seen = new Set<string>();
  for (const { position, ...approval } of ordered) {
    if (seen.has(approval.payout_id)) continue;
    seen.add(approval.payout_id);
    for (const { cap, key, adds, limit } of usesOf(approval)) {
      const reached = (counts.get(key) ?? 0n) + adds;
      if (reached > limit) return { position, cap, limit, reached };
      counts.set(key, reached);
    }
  }
  return null;
}

type Use = { cap: PayoutCap; key: string; adds: bigint; limit: bigint };

function usesOf({ owner_id, gross_micro, at, rules }: Approval): Use[] {
  const gross = BigInt(gross_micro);
  const day = Math.floor(at / DAY_MS);
  const use = (cap: PayoutCap, of: number | string, adds: bigint): Use => ({
    cap,
    key: `${cap} ${of}`,
    adds,
    limit: BigInt(rules[cap]),
  });
  const inHour = use("hour_cap_micro", Math.floor(at / HOUR_MS), gross);
  return [
    ...(needsPerson(rules, gross) ? [] : [inHour]),
    use("day_cap_micro", day, gross),
    use("day_count", day, 1n),
    use("owner_day_count", `${day} ${owner_id}`, 1n),
  ];
}
