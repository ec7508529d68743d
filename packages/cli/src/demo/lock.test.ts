import { expect, test } from "vitest";
import { createTestFolder } from "../../../agent/src/testing/folder.ts";
import { lockFolder } from "./lock.ts";

test("a second demo in the same folder is refused, and let in after the first", async () => {
  await using folder = await createTestFolder();
  const first = lockFolder(folder.path);
  expect(() => lockFolder(folder.path)).toThrow(/another demo/);
  first[Symbol.dispose]();
  lockFolder(folder.path)[Symbol.dispose]();
});
