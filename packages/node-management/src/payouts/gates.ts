import { isAddress } from "@lucid/protocol";
import type { Block, ChainPort, Reading } from "@lucid/tron";
import { toUsdt } from "../shared/view.ts";
import type { PayerContext } from "./contract.ts";
import type { PayoutDocument } from "./documents.ts";
import { MAX_CLOCK_DIFFERENCE_MS } from "./rules.ts";

/** A gate is open with what was read, or shut with a sentence. What cannot be read never opens one. */
export type Gate<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly why: string };

const shut = (why: string): Gate<never> => ({ ok: false, why });

/** Asks one endpoint after the other until one answers. */
export const askAny = async <T>(
  { payer }: Pick<PayerContext, "payer">,
  what: string,
  ask: (chain: ChainPort) => Promise<Reading<T>>,
): Promise<Gate<T>> => {
  const reasons: string[] = [];
  for (const chain of payer.chains) {
    const reading = await ask(chain);
    if (reading.ok) return reading;
    reasons.push(reading.reason);
  }
  return shut(`waits: ${what} could not be read (${reasons.join("; ")})`);
};

/** Nothing is asked of, and nothing sent to, an endpoint that was not seen to serve the right chain. */
export const verifyEndpoints = async ({ payer, verified }: PayerContext): Promise<Gate<null>> => {
  for (const chain of payer.chains) {
    if (verified.has(chain)) continue;
    const found = await chain.genesisBlockId();
    if (!found.ok)
      return shut(`waits: an endpoint could not be asked for its chain (${found.reason})`);
    if (found.value !== payer.genesisBlockId)
      return shut("waits: an endpoint serves another chain");
    verified.add(chain);
  }
  return { ok: true, value: null };
};

/** The chain as it stands at the start of a run: its newest block and its newest solidified one. */
export type Heads = { readonly head: Block; readonly solid: Block };

/** Gates of a whole run: a fresh head, a clock that agrees with it, a token that works, a wallet that may send. */
export const readRunGates = async (context: PayerContext): Promise<Gate<Heads>> => {
  const head = await askAny(context, "the newest block", (chain) => chain.head());
  if (!head.ok) return head;
  const differenceMs = Math.abs(context.clock.now() - head.value.timestampMs);
  if (differenceMs > MAX_CLOCK_DIFFERENCE_MS)
    return shut(
      `waits: the newest block and this machine's clock are more than ${MAX_CLOCK_DIFFERENCE_MS / 1000} s apart`,
    );
  const solid = await askAny(context, "the newest solidified block", (chain) => chain.solidHead());
  if (!solid.ok) return solid;
  const token = await readTokenGate(context);
  return token.ok ? { ok: true, value: { head: head.value, solid: solid.value } } : token;
};

const readTokenGate = async (context: PayerContext): Promise<Gate<null>> => {
  const wallet = context.payer.signer.address;
  const token = await askAny(context, "the token's state", (chain) => chain.tokenState(wallet));
  if (!token.ok) return token;
  const { paused, deprecated, feeBasisPoints, walletBlacklisted } = token.value;
  if (paused) return shut("waits: the token contract is paused");
  if (deprecated) return shut("waits: the token contract is deprecated");
  if (feeBasisPoints !== 0) return shut("waits: the token takes a fee of its own on transfers");
  if (walletBlacklisted) return shut("waits: the wallet is on the token's blacklist");
  return { ok: true, value: null };
};

/** Gates of one signature; open with the fee limit that the transfer needs. */
export const readSignatureGates = async (
  context: PayerContext,
  payout: PayoutDocument,
): Promise<Gate<{ feeLimitSun: bigint }>> => {
  const address = checkRecipient(context, payout);
  if (!address.ok) return address;
  const wallet = context.payer.signer.address;
  const balances = await askAny(context, "the wallet's balance", (chain) => chain.balances(wallet));
  if (!balances.ok) return balances;
  const unrecorded = await context.treasury.unrecordedMicro(wallet);
  const covered = balances.value.tokenMicro - unrecorded - (await sumOnTheirWay(context));
  if (covered < payout.net_micro)
    return shut(
      `waits: the wallet has ${toUsdt(covered)} USDT that are not on their way already, and ` +
        `${toUsdt(payout.net_micro)} USDT are needed${unrecordedToWords(unrecorded)}`,
    );
  return readFeeGate(context, payout, balances.value.trxSun);
};

export const unrecordedToWords = (micro: bigint): string =>
  micro === 0n
    ? ""
    : `; another ${toUsdt(micro)} USDT came in and count once a treasurer records them (lucid admin treasury list)`;

const checkRecipient = (
  { payer, registry }: PayerContext,
  { recipient, owner_id, created_at }: PayoutDocument,
): Gate<null> => {
  const inForce = registry.addresses.addressAt(owner_id, created_at);
  if (recipient !== inForce)
    return shut(
      `waits: it goes to ${recipient}, but the owner's address when it was debited was ${inForce ?? "unknown"}; ` +
        "cancel it (lucid payouts cancel), and what is due goes to the address in force",
    );
  if (!isAddress(recipient)) return shut("waits: the recipient is not a TRON address");
  if (recipient === payer.signer.address) return shut("waits: the recipient is the wallet itself");
  if (recipient === payer.chains[0].token)
    return shut("waits: the recipient is the token contract");
  return { ok: true, value: null };
};

const sumOnTheirWay = async ({ payouts }: PayerContext): Promise<bigint> => {
  const where = { state: { in: ["signed", "broadcast"] } } as const;
  const [line] = await payouts.sum({ where, field: "net_micro" });
  return line?.sum ?? 0n;
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
      `waits: the transfer could burn ${toTrx(feeLimitSun)} TRX, more than the limit of ${toTrx(most)} TRX`,
    );
  const missing = energy > own.value.energy ? energy - own.value.energy : 0n;
  const bytes = own.value.bandwidth >= TRANSFER_BYTES ? 0n : TRANSFER_BYTES;
  const burnSun = missing * prices.value.energySun + bytes * prices.value.bandwidthSun;
  if (trxSun < burnSun)
    return shut(
      `waits: the wallet has ${toTrx(trxSun)} TRX, and the transfer may burn ${toTrx(burnSun)} TRX`,
    );
  return { ok: true, value: { feeLimitSun } };
};

const toTrx = (sun: bigint): string => toUsdt(sun);
