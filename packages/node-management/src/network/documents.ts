import { defineCollection } from "@lucid/platform/documents";
import { Type } from "typebox";

/** One document, `network`: which network this store belongs to, for ever. */
export const networkCollection = defineCollection({
  name: "network",
  schema: Type.Object({ id: Type.String(), network_id: Type.String(), bound_at: Type.Integer() }),
});

export const networkCollections = [networkCollection];
