import { expect, it } from "vitest";
import { readArguments } from "./arguments.ts";

it.each([
  ["a word that is none", ["inti"], /does not know "inti".*`init`/],
  ["more than one word", ["init", "now"], /does not know "init now"/],
  ["a beginning for a journal that is not made", ["--since", "2026-01-31T12:00:00Z"], /for `init`/],
])("refuses %s, and does not run", (_, args, line) => {
  expect(() => readArguments({ args, env: {} })).toThrow(
    expect.objectContaining({
      code: "config.arguments",
      message: expect.stringMatching(line) as string,
    }),
  );
});
