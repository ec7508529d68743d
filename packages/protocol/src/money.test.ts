import * as fc from "fast-check";
import { expect, test } from "vitest";
import { formatUsdt, isMicro, MAX_MICRO, parseMicro, parseUsdt } from "./money.ts";
import { refusal } from "./vectors/outcome.ts";

const amount = fc.bigInt({ min: 0n, max: MAX_MICRO });

test("what is shown reads back as the same amount", () => {
  fc.assert(
    fc.property(amount, (micro) => {
      expect(parseUsdt(formatUsdt(micro))).toBe(micro);
    }),
  );
});

test("a negative amount is shown with its sign", () => {
  fc.assert(
    fc.property(amount, (micro) => {
      fc.pre(micro > 0n);
      expect(formatUsdt(-micro)).toBe(`-${formatUsdt(micro)}`);
    }),
  );
});

test("the form of hashed amounts is unique", () => {
  fc.assert(
    fc.property(fc.stringMatching(/^-?[0-9]{1,20}$/), (text) => {
      expect(isMicro(text)).toBe(refusal(() => parseMicro(text)) === null);
      expect(!isMicro(text) || parseMicro(text).toString() === text).toBe(true);
    }),
  );
});
