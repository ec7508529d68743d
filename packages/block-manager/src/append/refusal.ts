import type { AppendRefusal, AppendRefusalCode } from "./contract.ts";

/** Why slots are refused. */
export const refuse = (
  code: AppendRefusalCode,
  detail: string,
  place: Omit<AppendRefusal, "ok" | "code" | "detail"> = {},
): AppendRefusal => ({ ok: false, code, detail, ...place });
