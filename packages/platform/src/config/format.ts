import { formatUsdt } from "@lucid/protocol";
import type { Setting } from "./definition.ts";
import { formatDuration } from "./duration.ts";

/** Writes a value the way a person would write it in lucid.yaml. */
export const formatSetting = (value: unknown, setting: Setting): string => {
  if (value === undefined) return "";
  if (Array.isArray(value)) return value.join(",");
  if (setting.type === "usdt" && typeof value === "bigint") return formatUsdt(value);
  if (setting.type === "duration" && typeof value === "number") return formatDuration(value);
  return typeof value === "string" ? value : JSON.stringify(value);
};

/** A URL may carry a password even where the setting is not a secret. */
const withoutPassword = (text: string): string =>
  text.replace(/(:\/\/[^/:@]*):[^@/]*@/, "$1:[redacted]@");

/** The same for the eyes of anyone who may read a log. */
export const formatRedacted = (value: unknown, setting: Setting): string => {
  if (setting.secret === true && value !== undefined) return "[redacted]";
  return withoutPassword(formatSetting(value, setting));
};
