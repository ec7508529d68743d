import { type Finding, failed, fine, unknown } from "@lucid/platform/checks";
import type { ClearanceContext } from "../contract.ts";

/** Between this machine and a newest block; a payer waits from there on, and so does the chain. */
const MOST_APART_MS = 60_000;

/** Whether this machine's clock agrees with the newest block of every endpoint. */
export const checkClock = async ({ chains, clock, setup }: ClearanceContext): Promise<Finding> => {
  const apart: string[] = [];
  for (const [index, chain] of chains.entries()) {
    const head = await chain.head();
    if (!head.ok) return unknown(`${setup.hosts[index]} shows no block: ${head.reason}`);
    const differenceMs = clock.now() - head.value.timestampMs;
    if (Math.abs(differenceMs) > MOST_APART_MS)
      return failed(
        `the newest block of ${setup.hosts[index]} and this clock are ${Math.round(Math.abs(differenceMs) / 1000)} s apart`,
        "set the clock (NTP), or use a node that is not behind",
      );
    apart.push(`${(differenceMs / 1000).toFixed(1)} s`);
  }
  return fine(`after the newest blocks by ${apart.join(" and ")}`);
};
