import type { ChoreDefinition } from "@lucid/platform/chores";
import type { Payouts } from "./contract.ts";

/** Long enough for a run that waits for several slow endpoints; what is left goes on with the next run. */
const TIMEOUT_MS = 300_000;

/** Follows payouts on their way, and makes new ones when it is time. Runs in one process of the network only. */
export const createPayoutsChore = ({
  payouts,
  followMs,
}: {
  payouts: Pick<Payouts, "run">;
  followMs: number;
}): ChoreDefinition => ({
  name: "payouts",
  lease: true,
  periodMs: followMs,
  timeoutMs: TIMEOUT_MS,
  run: (signal, lease) => payouts.run(signal, lease),
});
