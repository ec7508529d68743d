import { formatUsdt } from "@lucid/protocol";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { recomputeScore, scoreParts, type Result } from "./score.ts";
import { checkStatement, newestFirst, type Statement } from "./statement.ts";

const statementOf = (opening: bigint, amounts: readonly bigint[]): Statement => {
  let balance = opening;
  const lines = amounts.map((amount, seq) => {
    balance += amount;
    return { amount_usdt: formatUsdt(amount), balance_usdt: formatUsdt(balance), ledger: { seq } };
  });
  return {
    opening_usdt: formatUsdt(opening),
    closing_usdt: formatUsdt(balance),
    lines,
  } as unknown as Statement;
};

const amounts = fc.array(fc.bigInt({ min: 1n, max: 10n ** 12n }), { minLength: 1, maxLength: 30 });

describe("statement", () => {
  it("holds when lines follow from each other, in whatever order they come", () => {
    fc.assert(
      fc.property(amounts, (list) => {
        const statement = statementOf(5n, list);
        expect(checkStatement(statement)).toEqual({ holds: true });
        const reversed = { ...statement, lines: newestFirst(statement.lines) };
        expect(checkStatement(reversed)).toEqual({ holds: true });
      }),
    );
  });

  it("finds one micro-USDT too much in any line", () => {
    fc.assert(
      fc.property(amounts, fc.nat(), (list, pick) => {
        const statement = statementOf(0n, list);
        const line = statement.lines[pick % list.length];
        if (line === undefined) throw new Error("no line");
        line.amount_usdt = formatUsdt((list[pick % list.length] ?? 0n) + 1n);
        expect(checkStatement(statement).holds).toBe(false);
      }),
    );
  });

  it("finds a closing balance that does not follow", () => {
    const statement = { ...statementOf(0n, [1n, 2n]), closing_usdt: "0.000004" };
    expect(checkStatement(statement)).toEqual({
      holds: false,
      reason: "the lines add up to 0.000003",
    });
  });
});

describe("score", () => {
  const result = {
    time: 9333,
    own: 10_000,
    reputation: 5000,
    contribution: 9333,
    weights: { time: 4000, own: 3000, reputation: 2000, contribution: 1000 },
  } as Result;

  it("is the weighted sum, floored once at the end", () => {
    expect(recomputeScore(result)).toBe(8666);
    expect(scoreParts(result).map(({ adds }) => adds)).toEqual([3733, 3000, 1000, 933]);
  });
});
