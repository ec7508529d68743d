import { formatUsdt } from "@lucid/protocol";
import type { ResponseOf, Routes } from "@lucid/api";
import { amountToMicro } from "../format/money.ts";

export type Statement = ResponseOf<Routes["getStatement"]>;
export type StatementLine = Statement["lines"][number];

/** Whether the figures on the page follow from each other, worked out here and not by the service. */
export type Check = { readonly holds: true } | { readonly holds: false; readonly reason: string };

/** Adds the lines up in integers: each balance from the one before, and the last one to the closing balance. */
export const checkStatement = (statement: Statement): Check => {
  let balance = amountToMicro(statement.opening_usdt);
  for (const line of inOrder(statement.lines)) {
    balance += amountToMicro(line.amount_usdt);
    if (balance !== amountToMicro(line.balance_usdt)) {
      const expected = formatUsdt(balance);
      return { holds: false, reason: `line ${line.ledger.seq} should leave ${expected}` };
    }
  }
  if (balance === amountToMicro(statement.closing_usdt)) return { holds: true };
  return { holds: false, reason: `the lines add up to ${formatUsdt(balance)}` };
};

export const inOrder = (lines: readonly StatementLine[]): StatementLine[] =>
  [...lines].sort((a, b) => a.ledger.seq - b.ledger.seq);

export const newestFirst = (lines: readonly StatementLine[]): StatementLine[] =>
  inOrder(lines).toReversed();
