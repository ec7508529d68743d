import { type Static, Type } from "typebox";
import { defineCollection } from "../documents/index.ts";

const schema = Type.Object({
  /** The lease's name. */
  id: Type.String(),
  /** Null after a clean release. */
  holder: Type.Union([Type.String(), Type.Null()]),
  /** Grows with every sign of life of one holder. */
  beat: Type.Integer(),
  /** Grows with every change of holder and never goes back. */
  token: Type.Integer(),
});

export type LeaseDocument = Static<typeof schema>;
export const leaseCollection = defineCollection({ name: "leases", schema });
