import { fields, hex, integer, listOf, oneOf, satisfies, text } from "../fields.ts";
import { isMicro } from "../money.ts";
import type { Contra, LedgerEntry } from "./entry.ts";

/** The rule that an entry breaks, as a code and a sentence. */
export type LedgerProblem = { code: LedgerRule; detail: string };

/** The rules of a ledger entry, by the name under which `verifyChain` reports a breach. */
export type LedgerRule =
  | "fields"
  | "account"
  | "seq"
  | "prev_hash"
  | "kind"
  | "optional"
  | "contra"
  | "sum"
  | "sign"
  | "balance"
  | "negative";

const amount = satisfies(isMicro, "must be integer micro-USDT as a string");

/** The closed field list of a ledger entry. */
export const ledgerEntryFields = fields<LedgerEntry>(
  {
    account: text(),
    seq: integer(),
    key: text(128),
    kind: oneOf(
      "reward",
      "payout",
      "payout_reversal",
      "forfeit",
      "adjustment",
      "binding",
      "wallet",
    ),
    amount_micro: amount,
    balance_micro: amount,
    contra: listOf(
      fields<Contra>({
        account: oneOf("rewards", "in_flight", "fees", "costs", "forfeited"),
        amount_micro: amount,
      }),
    ),
    ref: text(),
    epoch: integer(),
    policy: integer(),
    at: integer(),
    prev_hash: hex(32),
    hash: hex(32),
  },
  ["ref", "epoch"],
);

/** The first rule that `entry` breaks as the successor of `previous` (null: the first), null when it breaks none. */
export function entryProblem(
  previous: LedgerEntry | null,
  entry: LedgerEntry,
): LedgerProblem | null {
  const [malformed] = ledgerEntryFields(entry, "");
  if (malformed !== undefined)
    return { code: "fields", detail: `${malformed.pointer} ${malformed.detail}` };
  const broken = [...linkRules(previous, entry), ...contentRules(entry)].find(
    ([, holds]) => !holds,
  );
  return broken === undefined ? null : { code: broken[0], detail: broken[2] };
}

type Rule = [code: LedgerRule, holds: boolean, detail: string];

function linkRules(previous: LedgerEntry | null, entry: LedgerEntry): Rule[] {
  const before = BigInt(previous?.balance_micro ?? "0");
  const balance = before + BigInt(entry.amount_micro);
  return [
    [
      "account",
      previous === null || previous.account === entry.account,
      "belongs to another account",
    ],
    [
      "seq",
      entry.seq === (previous === null ? 0 : previous.seq + 1),
      `has seq ${entry.seq}, which leaves a gap`,
    ],
    [
      "prev_hash",
      entry.prev_hash === (previous?.hash ?? "00".repeat(32)),
      "does not link to the entry before",
    ],
    [
      "balance",
      BigInt(entry.balance_micro) === balance,
      `has balance ${entry.balance_micro}, not ${balance}`,
    ],
    [
      "negative",
      balance >= 0n,
      `would take ${entry.amount_micro} from ${before}: a balance never goes below zero`,
    ],
  ];
}

function contentRules(entry: LedgerEntry): Rule[] {
  const { account, key, kind, contra, ref, epoch } = entry;
  const amount = BigInt(entry.amount_micro);
  const sum = contra.reduce((total, { amount_micro }) => total + BigInt(amount_micro), amount);
  const isNetwork = kind === "binding" || kind === "wallet";
  const namesRef = kind !== "reward" && !isNetwork;
  return [
    ["kind", key.startsWith(`${kind}:`), `has kind ${kind}, but its key is ${key}`],
    [
      "account",
      isNetwork ? account === "network" : account.startsWith("owner:"),
      `cannot stand on account ${account}`,
    ],
    [
      "optional",
      (epoch !== undefined) === (kind === "reward"),
      "names an epoch exactly when it is a reward",
    ],
    ["optional", (ref !== undefined) === namesRef, `must ${namesRef ? "" : "not "}have a ref`],
    [
      "contra",
      contra.every((line, i) => i === 0 || (contra[i - 1] as Contra).account < line.account),
      "needs contra ascending by account, each once",
    ],
    ["contra", isNetwork === (contra.length === 0), isNetwork ? "has no contra" : "needs a contra"],
    ["sum", sum === 0n, `sums to ${sum} with its contra, not to zero`],
    ["sign", isRightSign[kind](amount), `cannot have the amount ${amount}`],
  ];
}

const isRightSign: Record<LedgerEntry["kind"], (amount: bigint) => boolean> = {
  reward: (amount) => amount > 0n,
  payout: (amount) => amount < 0n,
  payout_reversal: (amount) => amount > 0n,
  forfeit: (amount) => amount < 0n,
  adjustment: () => true,
  binding: (amount) => amount === 0n,
  wallet: (amount) => amount === 0n,
};
