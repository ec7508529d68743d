import { ownerAccount } from "@lucid/protocol";
import { Fault } from "../shared/fault.ts";
import { toUsdt } from "../shared/view.ts";
import { advance, explain } from "./advance.ts";
import { shutToWords, toWait } from "./ask.ts";
import { readAttribution } from "./attribution.ts";
import type { PayerContext } from "./contract.ts";
import { cancelOf, closeOf } from "./decisions.ts";
import type { PayoutDocument } from "./documents.ts";
import { policyNow } from "./policy.ts";
import { isUnsigned } from "./states.ts";

/** Carries out what people decided about payouts that wait for them alone. Repeatable. */
export const carryOut = async (
  context: PayerContext,
  unfinished: readonly PayoutDocument[],
): Promise<void> => {
  const cancelled = unfinished.filter((payout) => isUnsigned(payout) && cancelOf(payout) !== null);
  if (cancelled.length > 0) await cancelAll(context, cancelled);
  for (const payout of await readDisputed(context)) await close(context, payout);
};

/** Disputes that nobody has closed: they stop the run. */
export const readDisputed = async ({
  payouts,
}: Pick<PayerContext, "payouts">): Promise<PayoutDocument[]> =>
  (await payouts.find({ where: { state: "disputed" } })).filter(
    ({ closed }) => closed === undefined,
  );

/**
 * Money is given back only while chain and books agree: in a store that was put back, what looks unsigned may have been
 * sent.
 */
const cancelAll = async (
  context: PayerContext,
  payouts: readonly PayoutDocument[],
): Promise<void> => {
  const gate = await context.treasury.gate();
  for (const payout of payouts) {
    const { by = "", reason = "" } = cancelOf(payout) ?? {};
    const attributed = await readAttribution(context, payout);
    if (gate.state !== "open")
      await explain(context, payout, toWait(`cancelled by ${by}, but ${shutToWords(gate)}`));
    else if (attributed === null)
      await advance(context, payout, {
        state: "cancelled",
        why: `Cancelled by ${by}: ${reason}. ${toUsdt(payout.gross_micro)} USDT go back to the balance.`,
        reversal: "due",
      });
  }
};

/** The entry is first: until the payout says closed, the run stays stopped and this is tried again. */
const close = async (context: PayerContext, payout: PayoutDocument): Promise<void> => {
  const words = closeOf(payout);
  if (words === null) return;
  const [first, second] = words;
  const backMicro = second.back_micro ?? 0n;
  await adjust(context, payout, backMicro);
  await advance(context, payout, {
    why: `Closed by ${first.by} and ${second.by}: ${second.reason}. ${backToWords(backMicro)}`,
    closed: {
      by: [first.by, second.by],
      at: context.clock.now(),
      reason: second.reason,
      back_micro: backMicro,
    },
  });
};

const backToWords = (micro: bigint): string =>
  micro === 0n ? "Nothing goes back." : `${toUsdt(micro)} USDT go back to the balance.`;

/** Takes the payout out of what is in flight: what does not go back to the owner has left, as a cost. */
const adjust = async (
  { ledger, clock, ...context }: PayerContext,
  { id, owner_id, net_micro }: PayoutDocument,
  backMicro: bigint,
): Promise<void> => {
  const key = `adjustment:${id}` as const;
  if ((await ledger.byKey(key)) !== null) return;
  const feeBackMicro = backMicro > net_micro ? backMicro - net_micro : 0n;
  const costMicro = net_micro + feeBackMicro - backMicro;
  const appended = await ledger.append({
    account: ownerAccount(owner_id),
    key,
    amountMicro: backMicro,
    contra: [
      { account: "in_flight" as const, amountMicro: -net_micro },
      { account: "fees" as const, amountMicro: -feeBackMicro },
      { account: "costs" as const, amountMicro: costMicro },
    ].filter(({ amountMicro }) => amountMicro !== 0n),
    ref: id,
    policy: policyNow({ clock, ...context }).version,
    at: clock.now(),
  });
  if (appended.outcome === "conflict") throw new Fault(appended.code, appended.detail);
};
