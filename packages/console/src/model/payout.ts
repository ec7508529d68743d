import type { ResponseOf, Routes } from "@lucid/api";
import { formatAmount } from "../format/money.ts";

export type Payout = ResponseOf<Routes["getPayout"]>;

/** What the console lets a person decide about one payout. */
export type Decision = "approve" | "cancel" | "retry";

/** What can be decided about a payout; the service looks closer, and may refuse. */
export const decisionsOf = ({ state }: Pick<Payout, "state">): readonly Decision[] =>
  byState[state] ?? [];

const byState: Partial<Record<Payout["state"], readonly Decision[]>> = {
  created: ["approve", "cancel"],
  approved: ["cancel"],
  signed: ["cancel"],
  broadcast: ["cancel"],
  // The approval lapsed with its attempt.
  expired: ["approve", "cancel"],
  failed: ["retry"],
};

type Decided = Pick<Payout["decisions"][number], "act" | "give_back_usdt">;

/** What somebody decided about a payout. */
export const decidedInWords = ({ act, give_back_usdt }: Decided): string =>
  ({
    approve: "approves it",
    cancel: "cancels it",
    retry: "pays the owner again",
    expire: "vouches that it never got onto the chain",
    close: `closes the dispute${backInWords(give_back_usdt)}`,
    attribute: "says that this transaction paid it:",
  })[act];

const backInWords = (usdt: string | null): string =>
  usdt === null ? "" : `, gives ${formatAmount(usdt)} USDT back`;

/** How its dispute ended; null where there was none, or while it is open. */
export const closedInWords = ({ closed }: Pick<Payout, "closed">): string | null =>
  closed === null
    ? null
    : `Closed by ${closed.by.join(" and ")}, ${formatAmount(closed.give_back_usdt)} USDT given back: ${closed.reason}`;
