import { toMoment, toUsdt } from "../shared/view.ts";
import type { HoldDocument } from "./documents.ts";

/** What a hold is to its owner: since when, why, and who decides. */
export const holdToWords = (hold: HoldDocument): string => {
  const { state, held_at, reason_code, reason, ended } = hold;
  const since = `held since ${toMoment(held_at)} (${reason_code}): ${asSentence(reason)}`;
  if (state === "active") return `${since} ${decidersToWords(hold)}`;
  const end = `${ended?.by.join(" and ") ?? ""} on ${toMoment(ended?.at ?? 0)}: ${asSentence(ended?.reason ?? "")}`;
  if (state === "released") return `${since} Released by ${end}`;
  return `${since} Upheld by ${end} ${forfeitToWords(hold)}`;
};

const decidersToWords = ({ decisions }: HoldDocument): string => {
  const last = decisions.at(-1);
  const ends =
    "Rewards go on accruing; an operator or treasurer releases it, or two people (treasurer or admin) uphold it " +
    "and say what is forfeited";
  if (last === undefined) return `${ends}.`;
  return `${ends}; ${last.by} would take ${toUsdt(last.forfeit_micro)} USDT, and a second person has to say the same.`;
};

const forfeitToWords = ({ forfeit_micro = 0n, is_shut }: HoldDocument): string => {
  const amount = `${toUsdt(forfeit_micro)} USDT`;
  return is_shut
    ? `${amount} are forfeited, and payouts go on once the balance holds that much: a payout that waits is cancelled for it.`
    : `${amount} were forfeited.`;
};

const asSentence = (text: string): string => (/[.!?]$/.test(text) ? text : `${text}.`);
