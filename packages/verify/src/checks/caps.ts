import type { Debit } from "./debits.ts";
import { needsPerson } from "./debits.ts";
import { problem } from "./problem.ts";
import type { Verdict } from "./problem.ts";

/** What was approved on one UTC day of chain time. */
type Day = {
  grossMicro: bigint;
  count: number;
  byOwner: Map<string, number>;
  byHour: Map<number, bigint>;
};

/**
 * The caps of the policy: gross and number a day, gross an hour, number a day for each owner; by the chain time of the
 * approval, each payout once. What a person approved counts in its day, not in its hour.
 */
export const createCaps = () => {
  const days = new Map<string, Day>();
  const counted = new Set<string>();

  const dayOf = (iso: string): Day => {
    const known = days.get(iso);
    if (known !== undefined) return known;
    const made = { grossMicro: 0n, count: 0, byOwner: new Map(), byHour: new Map() };
    days.set(iso, made);
    return made;
  };

  const reserve = (day: Day, hour: number, { ownerId, grossMicro, policy }: Debit): void => {
    day.grossMicro += grossMicro;
    day.count += 1;
    day.byOwner.set(ownerId, (day.byOwner.get(ownerId) ?? 0) + 1);
    if (!needsPerson(policy.payout, grossMicro))
      day.byHour.set(hour, (day.byHour.get(hour) ?? 0n) + grossMicro);
  };

  /** @param atMs chain time of the approval */
  return (debit: Debit, atMs: number): Verdict => {
    if (counted.has(debit.payoutId)) return null;
    counted.add(debit.payoutId);
    const iso = new Date(atMs).toISOString();
    const [date, hour] = [iso.slice(0, 10), Number(iso.slice(11, 13))];
    const day = dayOf(date);
    reserve(day, hour, debit);
    const rules = debit.policy.payout;
    const inHour = day.byHour.get(hour) ?? 0n;
    const ofOwner = day.byOwner.get(debit.ownerId) ?? 0;
    if (inHour > BigInt(rules.hour_cap_micro))
      return over("hour", `${inHour} micro-USDT in hour ${hour} of ${date}`, rules.hour_cap_micro);
    if (day.grossMicro > BigInt(rules.day_cap_micro))
      return over("day", `${day.grossMicro} micro-USDT on ${date}`, rules.day_cap_micro);
    if (day.count > rules.day_count)
      return over("count", `${day.count} payouts on ${date}`, rules.day_count);
    if (ofOwner > rules.owner_day_count)
      return over(
        "owner",
        `${ofOwner} payouts of ${debit.ownerId} on ${date}`,
        rules.owner_day_count,
      );
    return null;
  };
};

const over = (cap: string, sum: string, most: string | number): Verdict =>
  problem(`cap.${cap}`, `With this payout ${sum} are approved; the policy allows ${most}.`);
