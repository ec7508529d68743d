import type { NetworkName } from "@lucid/tron";
import type { PayoutsOptions } from "./contract.ts";

/** What one transfer may burn at most: about three times an ordinary one to an address without the token. */
const MAX_FEE_SUN = 100_000_000n;

/** The pace of the payer on a network: a local chain makes a block a second, a public one every three. */
export const payoutsOptions = (network: NetworkName, periodMs: number): PayoutsOptions => ({
  periodMs,
  ...(network === "local"
    ? { followMs: 1000, resendMs: 3000 }
    : { followMs: 15_000, resendMs: 15_000 }),
  maxFeeSun: MAX_FEE_SUN,
});
