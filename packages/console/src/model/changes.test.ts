import { expect, it } from "vitest";
import { changesBetween } from "./changes.ts";

it("names the fields that are not what they were", () => {
  const before = { standing: "active", nodes: 2, why: null, list: [1] };
  expect(changesBetween(before, { ...before, list: [1] })).toEqual([]);
  expect(changesBetween(before, { ...before, standing: "retired", why: "gone" })).toEqual([
    { field: "standing", from: "active", to: "retired" },
    { field: "why", from: "nothing", to: "gone" },
  ]);
  expect(changesBetween(null, { id: "a" })).toEqual([{ field: "id", from: "nothing", to: "a" }]);
  expect(changesBetween(before, null)).toEqual([]);
});
