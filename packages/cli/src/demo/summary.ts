import type { ResponseOf, Routes } from "@lucid/api";
import type { Output } from "@lucid/agent";
import type { Actor } from "./cast.ts";
import type { Payout } from "./observer.ts";
import { wrap } from "./words.ts";

export type SummaryParts = {
  readonly actor: Actor;
  readonly statement: ResponseOf<Routes["getStatement"]>;
  readonly payout: Payout;
  readonly consoleUrl: string;
  readonly chainUrl: string;
  readonly ledgerProblems: readonly string[];
  readonly entries: number;
};

/** What the demo leaves on the screen: one owner's money from beacon to transaction, and where to look. */
export const describeSummary = (parts: SummaryParts, { paint }: Output): string => {
  const { actor, statement, payout, consoleUrl, chainUrl, ledgerProblems } = parts;
  return [
    "",
    paint("bold", `Statement of ${actor.role}`),
    `  ${statement.owner_id}, paid to`,
    `  ${statement.address}`,
    "",
    ...statementTable(statement, paint),
    "",
    statement.adds_up
      ? paint("green", "✓ It adds up to the micro-USDT.")
      : paint("red", "✗ It does not add up."),
    "",
    paint("bold", "The same in the ledger"),
    ...statement.lines.slice(-3).flatMap(ledgerLines),
    "",
    paint("bold", "The transaction"),
    `  txid  ${payout.txid ?? "unknown"}`,
    `  block ${payout.block ?? "unknown"}`,
    `  from  ${payout.wallet ?? "unknown"}`,
    `  to    ${payout.recipient}`,
    `  ${paint("cyan", `curl -s ${chainUrl}/walletsolidity/gettransactioninfobyid \\`)}`,
    `  ${paint("cyan", `  -d '{"value":"${payout.txid ?? ""}"}'`)}`,
    "",
    ledgerProblems.length === 0
      ? paint(
          "green",
          `✓ ${parts.entries} ledger entries recomputed; they match the transfers on the chain.`,
        )
      : paint("red", `✗ The ledger is not as it should be:\n  ${ledgerProblems.join("\n  ")}`),
    "",
    `${paint("bold", "Console")}  ${paint("cyan", `${consoleUrl}/`)}`,
    `${paint("bold", "API")}      ${paint("cyan", `${consoleUrl}/docs`)}`,
  ].join("\n");
};

const statementTable = (
  { lines, opening_usdt, closing_usdt }: SummaryParts["statement"],
  paint: Output["paint"],
): string[] => {
  const row = (at: string, what: string, amount: string, balance: string) =>
    `  ${at.padEnd(8)}  ${what.padEnd(30)} ${amount.padStart(13)} ${balance.padStart(13)}`;
  return [
    paint("dim", row("time", "", "USDT", "balance")),
    row("", "opening", "", opening_usdt),
    ...lines.map((line) =>
      row(line.at.slice(11, 19), lineTitle(line), line.amount_usdt, line.balance_usdt),
    ),
    row("", "closing", "", closing_usdt),
  ];
};

type Line = SummaryParts["statement"]["lines"][number];

const lineTitle = ({ kind, reward, payout }: Line): string => {
  if (reward !== null)
    return `epoch ${reward.epoch}: ${reward.present} of ${reward.eligible} slots`;
  if (payout !== null) return `payout, ${payout.state}`;
  return kind.replaceAll("_", " ");
};

const ledgerLines = ({ ledger, because }: Line): string[] => [
  `  ${ledger.key}`,
  ...wrap(`seq ${ledger.seq}, hash ${ledger.hash.slice(0, 16)}…: ${because}`, 72).map(
    (line) => `      ${line}`,
  ),
];
