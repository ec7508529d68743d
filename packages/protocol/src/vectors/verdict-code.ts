import type { Verdict } from "../verdict.ts";

/** `{code}` of a verdict against, nothing of one in favour: as the vectors say it. */
export function codeOf(verdict: Verdict<string>): { code?: string } {
  return verdict.ok ? {} : { code: verdict.code };
}
