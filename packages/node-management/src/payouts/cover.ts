import { toUsdt } from "../shared/view.ts";
import { askAny, type Gate } from "./ask.ts";
import type { PayerContext, Shut } from "./contract.ts";
import type { PayoutDocument } from "./documents.ts";
import { SENT, UNSIGNED } from "./states.ts";

export type Available = {
  readonly micro: bigint;
  /** Came in, and counts once a treasurer has said what it is. */
  readonly unrecordedMicro: bigint;
  readonly trxSun: bigint;
};

/** Micro-USDT of the wallet that nothing has a claim to: neither what is on its way, nor what came in unrecorded. */
export const readAvailable = async (
  context: Pick<PayerContext, "payer" | "payouts" | "treasury">,
): Promise<Gate<Available>> => {
  const wallet = context.payer.signer.address;
  const balances = await askAny(context, "the wallet's balance", (chain) => chain.balances(wallet));
  if (!balances.ok) return balances;
  const { tokenMicro, trxSun } = balances.value;
  const unrecordedMicro = await context.treasury.unrecordedMicro(wallet);
  const micro = tokenMicro - unrecordedMicro - (await sumNets(context, SENT));
  return { ok: true, value: { micro, unrecordedMicro, trxSun } };
};

/** Micro-USDT of the payouts that were decided and are not signed. */
export const sumUnsigned = (context: Pick<PayerContext, "payouts">): Promise<bigint> =>
  sumNets(context, UNSIGNED);

const sumNets = async (
  { payouts }: Pick<PayerContext, "payouts">,
  states: readonly PayoutDocument["state"][],
): Promise<bigint> => {
  const [line] = await payouts.sum({ where: { state: { in: states } }, field: "net_micro" });
  return line?.sum ?? 0n;
};

export const unrecordedToWords = (micro: bigint): string =>
  micro === 0n
    ? ""
    : `; another ${toUsdt(micro)} USDT came in and count once a treasurer records them (lucid admin treasury list)`;

/** What the wallet lacks to pay everything that is due, and how that is said to everybody. */
export type Short = { readonly neededMicro: bigint; readonly shut: Shut };

/** Whether the wallet covers what is due; when it does not, nothing new is decided. A balance nobody tells is no cover. */
export const findShort = async (
  context: Pick<PayerContext, "payer" | "payouts" | "treasury">,
  dueMicro: bigint,
): Promise<Short | null> => {
  const neededMicro = dueMicro + (await sumUnsigned(context));
  const available = await readAvailable(context);
  if (!available.ok) return { neededMicro, shut: { state: "waiting", reason: available.why } };
  if (available.value.micro >= neededMicro) return null;
  return {
    neededMicro,
    shut: {
      state: "waiting",
      reason:
        `${toUsdt(neededMicro)} USDT are due and the treasury has ${toUsdt(available.value.micro)} USDT; ` +
        `payouts go on once it is topped up${unrecordedToWords(available.value.unrecordedMicro)}`,
    },
  };
};
