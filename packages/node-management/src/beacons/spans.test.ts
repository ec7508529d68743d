import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { uncoveredMs } from "./spans.ts";

const span = fc
  .tuple(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 0, max: 20 }))
  .map(([fromMs, length]) => ({ fromMs, untilMs: fromMs + length }));

describe("time that no span covers", () => {
  it("is what counting every millisecond finds", () => {
    fc.assert(
      fc.property(fc.array(span, { maxLength: 8 }), span, (spans, whole) => {
        let counted = 0;
        for (let ms = whole.fromMs; ms < whole.untilMs; ms++) {
          if (!spans.some(({ fromMs, untilMs }) => ms >= fromMs && ms < untilMs)) counted += 1;
        }
        expect(uncoveredMs(spans, whole)).toBe(counted);
      }),
    );
  });
});
