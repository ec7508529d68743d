import { describe, expect, it } from "vitest";
import { rangeQuery } from "./statement-range.ts";

describe("range of a statement", () => {
  const noon = Date.parse("2026-03-31T12:00:00Z");

  it("starts with a UTC day and counts today", () => {
    expect(rangeQuery("week", noon)).toEqual({ from: "2026-03-25T00:00:00.000Z" });
    expect(rangeQuery("month", noon)).toEqual({ from: "2026-03-02T00:00:00.000Z" });
  });

  it("asks the same question all day long", () => {
    expect(rangeQuery("week", noon + 43_199_999)).toEqual(rangeQuery("week", noon - 43_200_000));
    expect(rangeQuery("week", noon + 43_200_000)).not.toEqual(rangeQuery("week", noon));
  });

  it("leaves the start to the service when all is asked for", () => {
    expect(rangeQuery("all", noon)).toEqual({});
  });
});
