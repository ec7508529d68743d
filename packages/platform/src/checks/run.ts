import type { Clock } from "../clock/index.ts";
import { unknown } from "./findings.ts";
import type { Check, CheckResult, Finding } from "./port.ts";

/** Makes all checks at the same time and answers in their order; one that takes longer than `timeoutMs` is unknown. */
export const runChecks = (
  checks: readonly Check[],
  { clock, timeoutMs }: { readonly clock: Pick<Clock, "sleep">; readonly timeoutMs: number },
): Promise<CheckResult[]> =>
  Promise.all(
    checks.map(async (check) => ({ name: check.name, ...(await look(check, clock, timeoutMs)) })),
  );

const look = async (
  check: Check,
  clock: Pick<Clock, "sleep">,
  timeoutMs: number,
): Promise<Finding> => {
  const over = new AbortController();
  const late = clock
    .sleep(timeoutMs, over.signal)
    .then(() => unknown(`no answer within ${timeoutMs / 1000} s`));
  try {
    return await Promise.race([check.look(over.signal), late]);
  } catch (error) {
    return unknown(error instanceof Error ? error.message : String(error));
  } finally {
    over.abort();
  }
};
