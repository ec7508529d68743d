import { expect, test } from "vitest";
import { pageNumberOf } from "./page-number.ts";

test.each([
  [null, 1],
  ["3", 3],
  ["0", 1],
  ["-2", 1],
  ["two", 1],
  ["9999999", 1_000_000],
])("an address that says %j means page %i", (written, page) => {
  expect(pageNumberOf(written)).toBe(page);
});
