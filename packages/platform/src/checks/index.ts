export { failed, fine, unknown, warning, worstOf } from "./findings.ts";
export type { Check, CheckResult, CheckState, Finding } from "./port.ts";
export { runChecks } from "./run.ts";
