import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, test } from "vitest";
import { createTestFolder } from "../../../agent/src/testing/folder.ts";
import { locatePrograms, refuseMissingPrograms } from "./locate.ts";

test("a bundle that was copied alone names the siblings that it misses", async () => {
  await using folder = await createTestFolder();
  const bundle = pathToFileURL(join(folder.path, "lucid.mjs")).href;
  const names = ["node-management", "block-manager", "signer", "lucid-agent", "tron-devnet"];
  for (const name of names) await writeFile(join(folder.path, `${name}.mjs`), "");
  expect(() => refuseMissingPrograms(bundle)).toThrow(
    "keep the files of dist/ together: end-with-parent.mjs is missing beside lucid.mjs",
  );
  expect(locatePrograms(bundle)).toMatchObject({
    consoleDir: null,
    noConsole: "console/ is missing beside lucid.mjs",
  });
  await writeFile(join(folder.path, "end-with-parent.mjs"), "");
  expect(() => refuseMissingPrograms(bundle)).not.toThrow();
});

test("the sources are complete", () => {
  expect(() => refuseMissingPrograms()).not.toThrow();
});
