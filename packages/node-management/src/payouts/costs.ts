import type { Prices, Resources } from "@lucid/tron";
import { askAny } from "./ask.ts";
import type { PayerContext } from "./contract.ts";
import { TRANSFER_BYTES, withReserve } from "./gates.ts";

/** One transfer that is thought of. */
export type Wanted = { readonly recipient: string; readonly netMicro: bigint };

/** What transfers cost at live prices, in sun. Null is unknown; `unknown` says why. */
export type Costs = {
  /** Energy of the dearest transfer that was simulated, with a reserve. */
  readonly energy: bigint | null;
  /** What that one costs when everything is burned, and with what the wallet may use without burning. */
  readonly burnedSun: bigint | null;
  readonly stakedSun: bigint | null;
  /** What all of them cost together, after what the wallet may use without burning. */
  readonly totalSun: bigint | null;
  readonly resources: Resources | null;
  readonly unknown: readonly string[];
};

/** So many transfers are simulated; the others are counted like the dearest of these. */
const SAMPLE = 10;

/** Asks the chain what transfers would cost now. With none wanted it tells what one to an address with the token costs. */
export const readCosts = async (
  context: Pick<PayerContext, "payer">,
  wanted: readonly Wanted[],
): Promise<Costs> => {
  const wallet = context.payer.signer.address;
  const prices = await askAny(context, "the prices of the chain", (chain) => chain.prices());
  const own = await askAny(context, "the wallet's energy", (chain) => chain.resources(wallet));
  const sample =
    wanted.length > 0 ? wanted.slice(0, SAMPLE) : [{ recipient: wallet, netMicro: 1n }];
  const simulated = await Promise.all(
    sample.map(({ recipient, netMicro }) =>
      askAny(context, "the energy of a transfer", (chain) =>
        chain.estimateEnergy(wallet, recipient, netMicro),
      ),
    ),
  );
  const energies = simulated.flatMap((found) =>
    found.ok ? [withReserve(found.value.energy)] : [],
  );
  const unknown = [prices, own, ...simulated].flatMap((found) => (found.ok ? [] : [found.why]));
  const resources = own.ok ? own.value : null;
  const isWhole = energies.length === sample.length;
  const energy = isWhole ? energies.reduce((a, b) => (a > b ? a : b), 0n) : null;
  const known = { energy, resources, unknown: [...new Set(unknown)] };
  if (energy === null || resources === null || !prices.ok)
    return { ...known, burnedSun: null, stakedSun: null, totalSun: null };
  const nothing = { energy: 0n, bandwidth: 0n };
  const all = wanted.map((_, i) => energies[i] ?? energy);
  return {
    ...known,
    burnedSun: burn([energy], nothing, prices.value),
    stakedSun: burn([energy], resources, prices.value),
    totalSun: burn(all, resources, prices.value),
  };
};

/** What transfers of these energies burn one after the other, once what the wallet has is used up. */
const burn = (energies: readonly bigint[], own: Resources, prices: Prices): bigint => {
  let { energy, bandwidth } = own;
  let sun = 0n;
  for (const needed of energies) {
    const used = needed < energy ? needed : energy;
    energy -= used;
    sun += (needed - used) * prices.energySun;
    // A transfer's bandwidth comes from one source as a whole.
    if (bandwidth >= TRANSFER_BYTES) bandwidth -= TRANSFER_BYTES;
    else sun += TRANSFER_BYTES * prices.bandwidthSun;
  }
  return sun;
};
