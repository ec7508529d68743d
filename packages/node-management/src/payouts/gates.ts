import { isAddress } from "@lucid/protocol";
import type { Block } from "@lucid/tron";
import { toTrx, toUsdt } from "../shared/view.ts";
import { askAny, type Gate, shut } from "./ask.ts";
import type { PayerContext, Shut } from "./contract.ts";
import { readAvailable, unrecordedToWords } from "./cover.ts";
import type { PayoutDocument } from "./documents.ts";
import { MAX_CLOCK_DIFFERENCE_MS } from "./rules.ts";

/** Nothing is asked of, and nothing sent to, an endpoint that was not seen to serve the right chain. */
export const verifyEndpoints = async ({ payer, verified }: PayerContext): Promise<Gate<null>> => {
  for (const chain of payer.chains) {
    if (verified.has(chain)) continue;
    const found = await chain.genesisBlockId();
    if (!found.ok) return shut(`an endpoint could not be asked for its chain (${found.reason})`);
    if (found.value !== payer.genesisBlockId) return shut("an endpoint serves another chain");
    verified.add(chain);
  }
  return { ok: true, value: null };
};

/** The chain as it stands at the start of a run: its newest block and its newest solidified one. */
export type Heads = { readonly head: Block; readonly solid: Block };

/** What a run may go by: the chain as it stands, or why nothing is decided and signed; neither where nobody had to look. */
export type RunGate =
  | { readonly heads: Heads; readonly shut: null }
  | { readonly heads: null; readonly shut: Shut | null };

/** Gates of a whole run: a fresh head, a clock that agrees with it, a token that works, a wallet that may send. */
export const readRunGates = async (context: PayerContext): Promise<Gate<Heads>> => {
  const head = await askAny(context, "the newest block", (chain) => chain.head());
  if (!head.ok) return head;
  const aheadMs = context.clock.now() - head.value.timestampMs;
  if (Math.abs(aheadMs) > MAX_CLOCK_DIFFERENCE_MS) return shut(wrongClock(aheadMs));
  const solid = await askAny(context, "the newest solidified block", (chain) => chain.solidHead());
  if (!solid.ok) return solid;
  const token = await readTokenGate(context);
  return token.ok ? { ok: true, value: { head: head.value, solid: solid.value } } : token;
};

const wrongClock = (aheadMs: number): string => {
  const apart = `more than ${MAX_CLOCK_DIFFERENCE_MS / 1000} s`;
  return aheadMs > 0
    ? `the newest block is ${apart} older than this machine's clock: the clock is wrong, or the nodes in TRON_ENDPOINTS are behind`
    : `the newest block is ${apart} ahead of this machine's clock: set the clock right`;
};

const readTokenGate = async (context: PayerContext): Promise<Gate<null>> => {
  const wallet = context.payer.signer.address;
  const token = await askAny(context, "the token's state", (chain) => chain.tokenState(wallet));
  if (!token.ok) return token;
  const { paused, deprecated, feeBasisPoints, walletBlacklisted } = token.value;
  if (paused) return shut("the token contract is paused by its issuer, for everybody");
  if (deprecated)
    return shut(
      "the token contract is deprecated: its issuer has put another in its place, which this network is not bound to",
    );
  if (feeBasisPoints !== 0)
    return shut(
      "the token takes a fee of its own on transfers, so that owners would get less than they are due",
    );
  if (walletBlacklisted)
    return shut(
      "the wallet is on the token's blacklist, so that nothing leaves it; another one pays after lucid admin treasury rotate",
    );
  return { ok: true, value: null };
};

/** Gates of one signature; open with the fee limit that the transfer needs. */
export const readSignatureGates = async (
  context: PayerContext,
  payout: PayoutDocument,
): Promise<Gate<{ feeLimitSun: bigint }>> => {
  const address = checkRecipient(context, payout);
  if (!address.ok) return address;
  const reached = await readRecipientGate(context, payout);
  if (!reached.ok) return reached;
  const available = await readAvailable(context);
  if (!available.ok) return available;
  const { micro, unrecordedMicro, trxSun } = available.value;
  if (micro < payout.net_micro)
    return shut(
      `the wallet has ${toUsdt(micro)} USDT that are not on their way already, and ` +
        `${toUsdt(payout.net_micro)} USDT are needed${unrecordedToWords(unrecordedMicro)}`,
    );
  return readFeeGate(context, payout, trxSun);
};

const checkRecipient = (
  { payer, registry }: PayerContext,
  { recipient, owner_id, created_at }: PayoutDocument,
): Gate<null> => {
  const inForce = registry.addresses.addressAt(owner_id, created_at);
  if (recipient !== inForce)
    return shut(
      `it goes to ${recipient}, but the owner's address when it was debited was ${inForce ?? "unknown"}; ` +
        "cancel it (lucid payouts cancel), and what is due goes to the address in force",
    );
  if (!isAddress(recipient)) return shut("the recipient is not a TRON address");
  if (recipient === payer.signer.address) return shut("the recipient is the wallet itself");
  if (recipient === payer.chains[0].token) return shut("the recipient is the token contract");
  return { ok: true, value: null };
};

/** What arrives at an address that its owner cannot move it from is lost. */
const readRecipientGate = async (
  context: PayerContext,
  { id, recipient }: PayoutDocument,
): Promise<Gate<null>> => {
  const state = await askAny(context, "the recipient's account", (chain) =>
    chain.addressState(recipient),
  );
  if (!state.ok) return state;
  const { blacklisted, keyMoved } = state.value;
  if (!blacklisted && !keyMoved) return { ok: true, value: null };
  const why = blacklisted
    ? `the token's issuer lets nothing out of ${recipient}`
    : `its own key alone does not control ${recipient}: the account was given to other or to several keys`;
  return shut(
    `${why}; its owner changes the address (lucid node address change), and once that is in force ` +
      `a person cancels this one: lucid payouts cancel ${id} "<reason>"`,
  );
};

/** Bandwidth of a signed transfer in bytes (TronWeb 6.5, measured). */
export const TRANSFER_BYTES = 345n;

/** What a transfer may use: 1.3 times its simulation, as the contract moves on meanwhile. */
export const withReserve = (energy: bigint): bigint => (energy * 13n + 9n) / 10n;

const readFeeGate = async (
  context: PayerContext,
  { recipient, net_micro }: PayoutDocument,
  trxSun: bigint,
): Promise<Gate<{ feeLimitSun: bigint }>> => {
  const wallet = context.payer.signer.address;
  const estimate = await askAny(context, "the energy of the transfer", (chain) =>
    chain.estimateEnergy(wallet, recipient, net_micro),
  );
  if (!estimate.ok) return estimate;
  const prices = await askAny(context, "the prices of the chain", (chain) => chain.prices());
  if (!prices.ok) return prices;
  const own = await askAny(context, "the wallet's energy", (chain) => chain.resources(wallet));
  if (!own.ok) return own;

  const energy = withReserve(estimate.value.energy);
  const feeLimitSun = energy * prices.value.energySun;
  const most = context.options.maxFeeSun;
  if (feeLimitSun > most || feeLimitSun > prices.value.maxFeeLimitSun)
    return shut(
      `the transfer could burn ${toTrx(feeLimitSun)} TRX, more than the limit of ${toTrx(most)} TRX`,
    );
  const missing = energy > own.value.energy ? energy - own.value.energy : 0n;
  const bytes = own.value.bandwidth >= TRANSFER_BYTES ? 0n : TRANSFER_BYTES;
  const burnSun = missing * prices.value.energySun + bytes * prices.value.bandwidthSun;
  if (trxSun < burnSun)
    return shut(
      `the wallet has ${toTrx(trxSun)} TRX, and the transfer may burn ${toTrx(burnSun)} TRX`,
    );
  return { ok: true, value: { feeLimitSun } };
};
