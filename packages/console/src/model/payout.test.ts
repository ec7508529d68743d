import { describe, expect, it } from "vitest";
import { closedInWords, decidedInWords, decisionsOf } from "./payout.ts";

describe("a payout", () => {
  it("is approved anew once its attempt expired", () => {
    expect(decisionsOf({ state: "expired" })).toEqual(["approve", "cancel"]);
    expect(decisionsOf({ state: "confirmed" })).toEqual([]);
  });

  it("says what people decided about it", () => {
    expect(decidedInWords({ act: "approve", give_back_usdt: null })).toBe("approves it");
    expect(decidedInWords({ act: "close", give_back_usdt: "9.900000" })).toBe(
      "closes the dispute, gives 9.90 USDT back",
    );
  });

  it("says how its dispute ended", () => {
    expect(closedInWords({ closed: null })).toBeNull();
    const at = "2026-01-01T00:00:00.000Z";
    const closed = { by: ["ann", "bob"], at, reason: "sent twice", give_back_usdt: "0.000000" };
    expect(closedInWords({ closed })).toBe(
      "Closed by ann and bob, 0.00 USDT given back: sent twice",
    );
  });
});
