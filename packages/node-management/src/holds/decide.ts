import { ownerAccount } from "@lucid/protocol";
import { compareAndSet } from "../shared/compare-and-set.ts";
import { toUsdt } from "../shared/view.ts";
import type { EndRequest, HoldsContext, HoldVerdict, Refused } from "./contract.ts";
import type { HoldDocument, Word } from "./documents.ts";
import { takeForfeit } from "./forfeit.ts";
import { refused } from "./put.ts";
import { holdToWords } from "./words.ts";

/** Ends a hold; the same word again finds it ended. */
export const releaseHold = async (
  { holds, clock }: HoldsContext,
  { holdId, by, reason }: EndRequest,
): Promise<HoldVerdict> => {
  for (;;) {
    const hold = await holds.get(holdId);
    if (hold === null) return unknown(holdId);
    if (hold.state === "released" && hold.ended?.by.includes(by))
      return { outcome: "present", hold };
    if (hold.state !== "active") return ended(hold);
    const at = clock.now();
    const { state, decisions } = hold;
    const patch = {
      state: "released" as const,
      is_shut: false,
      ended: { by: [by], at, reason },
      opened_at: at,
    };
    const swapped = await compareAndSet(holds, holdId, patch, { state, decisions });
    if (swapped.done) return { outcome: "taken", hold: swapped.document };
  }
};

export type UpholdRequest = EndRequest & { readonly forfeitMicro: bigint };

/**
 * Writes down what a person would have the owner forfeit. The word that agrees with another person's ends the hold in
 * the same write; the ledger's entry follows, also after a crash.
 */
export const upholdHold = async (
  context: HoldsContext,
  request: UpholdRequest,
): Promise<HoldVerdict> => {
  const { holds, clock } = context;
  const { holdId, by, reason, forfeitMicro } = request;
  for (;;) {
    const hold = await holds.get(holdId);
    if (hold === null) return unknown(holdId);
    const isSaid = latestWords(hold).some((word) => isSame(word, request));
    if (isSaid) return { outcome: "present", hold: await takeForfeit(context, hold) };
    if (hold.state !== "active") return ended(hold);
    const wrong = await findWrongAmount(context, hold, forfeitMicro);
    if (wrong !== null) return wrong;
    const at = clock.now();
    const decisions = [...hold.decisions, { by, at, reason, forfeit_micro: forfeitMicro }];
    const patch = { decisions, ...agreementOf(latestWords({ decisions })) };
    const { state, decisions: before } = hold;
    const swapped = await compareAndSet(holds, holdId, patch, { state, decisions: before });
    if (swapped.done)
      return { outcome: "taken", hold: await takeForfeit(context, swapped.document) };
  }
};

const isSame = (word: Word, { by, forfeitMicro }: UpholdRequest): boolean =>
  word.by === by && word.forfeit_micro === forfeitMicro;

/** Each person's last word, the latest last. */
const latestWords = ({ decisions }: Pick<HoldDocument, "decisions">): Word[] =>
  decisions.filter(({ by }, i) => !decisions.slice(i + 1).some((later) => later.by === by));

/** What the latest word makes of a hold when another person's says the same amount. */
const agreementOf = (words: readonly Word[]) => {
  const last = words.at(-1);
  const other = words.slice(0, -1).find((word) => word.forfeit_micro === last?.forfeit_micro);
  if (last === undefined || other === undefined) return {};
  const { by, at, reason, forfeit_micro } = last;
  return { state: "upheld" as const, ended: { by: [other.by, by], at, reason }, forfeit_micro };
};

const findWrongAmount = async (
  { ledger }: HoldsContext,
  { owner_id }: HoldDocument,
  forfeitMicro: bigint,
): Promise<Refused | null> => {
  const balance = await ledger.balance(ownerAccount(owner_id));
  if (forfeitMicro > 0n && forfeitMicro <= balance) return null;
  return refused(
    "holds.amount",
    `/forfeit_usdt is ${toUsdt(forfeitMicro)}; the balance of ${owner_id} is ${toUsdt(balance)} USDT.`,
  );
};

const unknown = (holdId: string): Refused =>
  refused("holds.unknown", `There is no hold ${holdId}.`);

const ended = (hold: HoldDocument): Refused =>
  refused("holds.state", `${hold.id} is ${hold.state}: ${holdToWords(hold)}`);
