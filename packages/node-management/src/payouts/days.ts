import { defineCollection, int64 } from "@lucid/platform/documents";
import { type Static, Type } from "typebox";

const Reservation = Type.Object({
  payout_id: Type.String(),
  owner_id: Type.String(),
  gross_micro: int64(),
  /** Unix ms of chain time. */
  at: Type.Integer(),
  /** A person approved it: the hour's cap neither holds nor counts it. */
  by_person: Type.Boolean(),
});

export type Reservation = Static<typeof Reservation>;

const PayoutDayDocument = Type.Object({
  id: Type.String({ pattern: "^[0-9]{4}-[0-9]{2}-[0-9]{2}$" }),
  /** Grows with every change. */
  revision: Type.Integer(),
  fence: Type.Integer(),
  reservations: Type.Array(Reservation),
});

/** What was reserved of the caps on one UTC day of chain time; a reservation is never returned. */
export type PayoutDayDocument = Static<typeof PayoutDayDocument>;

export const payoutDayCollection = defineCollection({
  name: "payout_days",
  schema: PayoutDayDocument,
});
