import { ownerAccount, slotAt } from "@lucid/protocol";
import { compareAndSet } from "../shared/compare-and-set.ts";
import { Fault } from "../shared/fault.ts";
import type { HoldsContext } from "./contract.ts";
import type { HoldDocument } from "./documents.ts";

export const forfeitKey = ({ id }: Pick<HoldDocument, "id">): string => `forfeit:${id}`;

/** Takes from the balances what was upheld and is not taken yet. */
export const takeForfeits = async (context: HoldsContext): Promise<void> => {
  const upheld = await context.holds.find({ where: { is_shut: true, state: "upheld" } });
  for (const hold of upheld) await takeForfeit(context, hold);
};

/** One entry, and payouts go on after it. Nothing happens while the balance holds less than was agreed on. */
export const takeForfeit = async (
  context: HoldsContext,
  hold: HoldDocument,
): Promise<HoldDocument> => {
  if (hold.state !== "upheld" || !hold.is_shut) return hold;
  if (!(await append(context, hold))) return hold;
  const opened_at = context.clock.now();
  const swapped = await compareAndSet(
    context.holds,
    hold.id,
    { is_shut: false, opened_at },
    { is_shut: true },
  );
  return swapped.done ? swapped.document : (swapped.stored ?? hold);
};

const append = async (
  { ledger, clock, policies, network }: HoldsContext,
  hold: HoldDocument,
): Promise<boolean> => {
  const key = forfeitKey(hold);
  if ((await ledger.byKey(key)) !== null) return true;
  const amountMicro = hold.forfeit_micro ?? 0n;
  const at = clock.now();
  const appended = await ledger.append({
    account: ownerAccount(hold.owner_id),
    key,
    amountMicro: -amountMicro,
    contra: [{ account: "forfeited", amountMicro }],
    ref: hold.id,
    policy: policies.forSlot(slotAt(network.genesis, at)).version,
    at,
  });
  if (appended.outcome === "conflict") throw new Fault(appended.code, appended.detail);
  return appended.outcome !== "short";
};
