import type { ResponseOf, Routes } from "@lucid/api";

export type Node = ResponseOf<Routes["getNode"]>;

/** What was decided about a node, why, and from when on. */
export const standingInWords = ({ standing, standing_reason, standing_from_slot }: Node): string =>
  `${standing} (${standing_reason.replaceAll("_", " ")}, from slot ${standing_from_slot})`;
