import { PAYOUT_STATES, type PayoutState } from "@lucid/api";
import type { Collection } from "@lucid/platform/documents";
import { findPage } from "../shared/page.ts";
import type { Payouts } from "./contract.ts";
import type { PayoutDayDocument } from "./days.ts";
import type { PayoutDocument } from "./documents.ts";

export type Readers = Pick<
  Payouts,
  "get" | "list" | "countByState" | "confirmedMicro" | "reservedMicro"
>;

export const createReaders = (
  payouts: Collection<PayoutDocument>,
  days: Collection<PayoutDayDocument>,
): Readers => ({
  get: (payoutId) => payouts.get(payoutId),
  list: async (request, { state, ownerId } = {}) => {
    const where = {
      ...(state !== undefined && { state }),
      ...(ownerId !== undefined && { owner_id: ownerId }),
    };
    return findPage(payouts, { where, sort: [["created_at", "desc"]] }, request);
  },
  countByState: async () => {
    const counts = await Promise.all(
      PAYOUT_STATES.map(
        async (state) => [state, await payouts.count({ where: { state } })] as const,
      ),
    );
    return Object.fromEntries(counts) as Record<PayoutState, number>;
  },
  reservedMicro: async (day) => {
    const stored = await days.get(day);
    return (stored?.reservations ?? []).reduce((sum, { gross_micro }) => sum + gross_micro, 0n);
  },
  confirmedMicro: async (ownerId) => {
    const where = {
      state: "confirmed" as const,
      ...(ownerId !== undefined && { owner_id: ownerId }),
    };
    const [line] = await payouts.sum({ where, field: "net_micro" });
    return line?.sum ?? 0n;
  },
});
