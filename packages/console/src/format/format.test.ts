import { formatUsdt, MAX_MICRO } from "@lucid/protocol";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ownerOfAccount, pageOfId, shortId } from "./ids.ts";
import { webLink } from "./links.ts";
import { amountParts, amountToMicro, formatAmount } from "./money.ts";
import { formatBasisPoints, plural, shareBp } from "./numbers.ts";
import { formatAge, formatLength, formatMoment, formatSpan } from "./time.ts";
import { splitIds } from "./words.ts";

const micro = fc.bigInt({ min: -MAX_MICRO, max: MAX_MICRO });

describe("money", () => {
  it("sets zeros nobody needs apart and groups thousands", () => {
    expect(amountParts("1234567.890000")).toEqual({
      sign: "",
      whole: "1,234,567",
      decimals: "89",
      rest: "0000",
    });
    expect(amountParts("0.000001")).toEqual({ sign: "", whole: "0", decimals: "000001", rest: "" });
  });

  it("signs what goes out, and what comes in when asked", () => {
    expect(amountParts("-9.900000").sign).toBe("−");
    expect(amountParts("9.900000").sign).toBe("");
    expect(amountParts("9.900000", true).sign).toBe("+");
    expect(amountParts("0.000000", true).sign).toBe("");
  });

  it("never loses a micro-USDT on the way to the screen", () => {
    fc.assert(
      fc.property(micro, (amount) => {
        const parts = amountParts(formatUsdt(amount));
        const shown = `${parts.whole.replaceAll(",", "")}.${parts.decimals}${parts.rest}`;
        expect(amountToMicro(`${parts.sign === "−" ? "-" : ""}${shown}`)).toBe(amount);
      }),
    );
  });

  it("reads as one line without trailing zeros", () => {
    expect(formatAmount("10.000000")).toBe("10.00");
    expect(formatAmount("-1000.100001")).toBe("−1,000.100001");
  });
});

describe("ids", () => {
  const node = `node_${"a".repeat(28)}2345`;

  it("keeps the prefix and both ends", () => {
    expect(shortId(node)).toBe("node_aaaa…2345");
    expect(shortId("in_flight")).toBe("in_flight");
  });

  it("finds the page of a whole id and of nothing else", () => {
    expect(pageOfId(` ${node} `)).toBe(`/nodes/${node}`);
    expect(pageOfId(node.replace("node", "owner"))).toBe(
      `/owners/${node.replace("node", "owner")}`,
    );
    expect(pageOfId(`payout_${"a2".repeat(13)}`)).toBe(`/payouts/payout_${"a2".repeat(13)}`);
    expect(pageOfId("1053")).toBe("/epochs/1053");
    expect(pageOfId("epoch 1053")).toBe("/epochs/1053");
    expect(pageOfId(node.slice(0, -1))).toBeNull();
    expect(pageOfId("block 7")).toBe("/blocks/7");
    expect(pageOfId("ab".repeat(32))).toBe(`/blocks/${"ab".repeat(32)}`);
    expect(pageOfId("block -7")).toBeNull();
    expect(pageOfId("../nodes")).toBeNull();
  });

  it("tells an owner's account from the network's", () => {
    expect(ownerOfAccount("owner:owner_x")).toBe("owner_x");
    expect(ownerOfAccount("network")).toBeNull();
  });

  it("links only to web addresses", () => {
    expect(webLink("https://nile.tronscan.org/#/transaction/1")).toHaveProperty("href");
    expect(webLink("javascript:alert(1)")).toEqual({});
    expect(webLink(null)).toEqual({});
  });
});

describe("numbers", () => {
  it("shows basis points with two places", () => {
    expect([0, 5, 50, 9833, 10_000].map(formatBasisPoints)).toEqual([
      "0.00",
      "0.05",
      "0.50",
      "98.33",
      "100.00",
    ]);
  });

  it("floors a share and knows none of nothing", () => {
    expect(shareBp(2, 3)).toBe(6666);
    expect(shareBp(0, 0)).toBeNull();
  });

  it("counts in words", () => {
    expect([plural(1, "node"), plural(1200, "node")]).toEqual(["1 node", "1,200 nodes"]);
  });
});

describe("time", () => {
  it("gives an age in the largest unit that says enough", () => {
    expect([0, 999, 3000, 61_000, 7_200_000, 800_000_000].map(formatAge)).toEqual([
      "now",
      "now",
      "3 s ago",
      "1 min ago",
      "2 h ago",
      "9 d ago",
    ]);
  });

  it("gives a span in two units, and tenths only at the end", () => {
    expect([-5, 1950, 12_345, 80_000, 7_140_000, 86_400_000].map(formatSpan)).toEqual([
      "0.0 s",
      "1.9 s",
      "12 s",
      "1 min 20 s",
      "1 h 59 min",
      "1 d",
    ]);
  });

  it("keeps tenths out of fixed lengths unless they matter", () => {
    expect([500, 2000, 30_000].map(formatLength)).toEqual(["0.5 s", "2 s", "30 s"]);
  });

  it("writes moments in UTC", () => {
    expect(formatMoment(1_704_067_200_000)).toBe("2024-01-01 00:00:00 UTC");
  });
});

describe("sentences", () => {
  it("are split at ids and addresses, and nothing of them is lost", () => {
    const [owner, person] = [`owner_${"a".repeat(32)}`, `person_${"b".repeat(32)}`];
    const sentence = `Upheld by ${person}: ${owner} is paid to TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t by ${"0f".repeat(32)}.`;
    const pieces = splitIds(sentence);
    expect(pieces.map(({ text }) => text).join("")).toBe(sentence);
    const ids = pieces.filter(({ what }) => what !== null);
    expect(ids.map(({ what }) => what)).toEqual(["person id", "owner id", "address", "bytes"]);
    expect(splitIds("payouts are paused")).toHaveLength(1);
    expect(splitIds("")).toEqual([]);
  });
});
