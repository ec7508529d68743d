import type { CheckResult, CheckState, Finding } from "./port.ts";

export const fine = (detail: string): Finding => ({ state: "ok", detail, fix: null });

export const warning = (detail: string, fix: string): Finding => ({
  state: "warning",
  detail,
  fix,
});

export const failed = (detail: string, fix: string): Finding => ({ state: "failed", detail, fix });

export const unknown = (detail: string, fix: string | null = null): Finding => ({
  state: "unknown",
  detail,
  fix,
});

const gravity: readonly CheckState[] = ["ok", "warning", "unknown", "failed"];

/** The gravest state among results; ok for none. */
export const worstOf = (results: readonly Pick<CheckResult, "state">[]): CheckState =>
  results.reduce<CheckState>(
    (worst, { state }) => (gravity.indexOf(state) > gravity.indexOf(worst) ? state : worst),
    "ok",
  );
