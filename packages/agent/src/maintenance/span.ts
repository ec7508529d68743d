import type { RequestOf, Routes } from "@lucid/api";
import { InvalidArgumentError } from "commander";

/** A side of a maintenance: a slot, or a moment as ISO-8601. */
export type Edge = number | string;

export type SpanOptions = { readonly from: Edge; readonly to: Edge };

/** Reads `--from` and `--to`: a slot number, or a moment like 2026-11-21T22:00Z. */
export const edge = (text: string): Edge => {
  if (/^[0-9]{1,15}$/.test(text)) return Number(text);
  const ms = /^[0-9]{4}-[0-9]{2}-[0-9]{2}T.*(Z|[+-][0-9]{2}:[0-9]{2})$/.test(text)
    ? Date.parse(text)
    : Number.NaN;
  if (!Number.isNaN(ms)) return new Date(ms).toISOString();
  throw new InvalidArgumentError("Write a slot number, or a moment like 2026-11-21T22:00Z.");
};

export const spanToBody = ({
  from,
  to,
}: SpanOptions): NonNullable<RequestOf<Routes["announceMaintenance"]>["body"]> => ({
  ...(typeof from === "number" ? { from_slot: from } : { from }),
  ...(typeof to === "number" ? { to_slot: to } : { to }),
});
