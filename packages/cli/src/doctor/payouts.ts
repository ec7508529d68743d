import type { CheckResult } from "@lucid/platform/checks";
import { signInAsAdmin } from "../admin/index.ts";
import type { DoctorContext } from "./context.ts";

const TIMEOUT_MS = 60_000;

/**
 * What the service itself finds about money: the checks of `lucid payouts check`, asked of it when it runs and the chain
 * requires them.
 */
export const readPayoutChecks = async ({
  folder,
  profile,
  service,
  serviceUrl,
}: DoctorContext): Promise<readonly CheckResult[]> => {
  if (profile === null || !profile.requiresCheck) return [];
  if (service === null)
    return [unread("the service does not run, which makes these checks itself")];
  try {
    const place = { data: folder, service: serviceUrl };
    const client = await signInAsAdmin(place, { timeoutMs: TIMEOUT_MS });
    const { checks, off } = await client.call("checkPayouts", {});
    const results = checks.map((check) => ({ ...check, name: `payouts ${check.name}` }));
    if (off === null || checks.some(({ state }) => state !== "ok")) return results;
    return [
      ...results,
      { name: "payouts", state: "warning", detail: off, fix: "lucid payouts enable <reason>" },
    ];
  } catch (error) {
    return [unread(error instanceof Error ? error.message : String(error))];
  }
};

const unread = (detail: string): CheckResult => ({
  name: "payouts",
  state: "unknown",
  detail,
  fix: "see lucid payouts check",
});
