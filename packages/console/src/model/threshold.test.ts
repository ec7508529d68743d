import { expect, it } from "vitest";
import { isUsdt, thresholdInForce } from "./threshold.ts";

it("takes the larger of what the owner wishes and what the network asks for", () => {
  const network = { threshold_usdt: "10.000000" };
  expect(thresholdInForce({ threshold_usdt: "0.000000" }, network)).toBe("10.000000");
  expect(thresholdInForce({ threshold_usdt: "9.999999" }, network)).toBe("10.000000");
  expect(thresholdInForce({ threshold_usdt: "100.000000" }, network)).toBe("100.000000");
});

it.each(["0", "25", "25.5", "0.000001", "999999999999.999999"])(
  "knows %s for an amount",
  (text) => {
    expect(isUsdt(text)).toBe(true);
  },
);

it.each(["", "25,5", "1,000", "-1", "+1", "1e3", "01", "1.", ".5", "1.0000001", "25 USDT"])(
  "knows “%s” for none",
  (text) => {
    expect(isUsdt(text)).toBe(false);
  },
);
