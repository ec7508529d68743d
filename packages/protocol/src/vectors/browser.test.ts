import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { createContext, runInContext } from "node:vm";
import { rolldown } from "rolldown";
import { beforeAll, describe, expect, test } from "vitest";
import { recompute } from "./recompute.ts";

/** One classic script with the browser's side of `#crypto`; what the module exports becomes the global `bundle`. */
async function bundleForBrowser(entry: string): Promise<{ code: string; imports: string[] }> {
  const build = await rolldown({
    input: fileURLToPath(new URL(entry, import.meta.url)),
    platform: "browser",
    logLevel: "silent",
  });
  const { output } = await build.generate({ format: "iife", name: "bundle" });
  await build.close();
  return { code: output[0].code, imports: output[0].imports };
}

/** A global object with the language and what every browser adds to it, and nothing of Node. */
function browserContext() {
  return createContext({ TextEncoder, TextDecoder, structuredClone });
}

test("the package needs nothing of Node", async () => {
  const { code, imports } = await bundleForBrowser("../index.ts");
  expect(imports).toEqual([]);
  expect(code).not.toMatch(/["']node:|\brequire\(/);
  const exported = runInContext(`${code}; Object.keys(bundle)`, browserContext()) as string[];
  const index = await import("../index.ts");
  expect([...exported].toSorted()).toEqual(Object.keys(index).toSorted());
});

describe("a browser computes the vectors", () => {
  const context = browserContext();

  beforeAll(async () => {
    runInContext((await bundleForBrowser("./recompute.ts")).code, context);
  });

  test.each(Object.keys(recompute))("%s", (name) => {
    const json = runInContext(
      `JSON.stringify(bundle.recompute[${JSON.stringify(name)}]())`,
      context,
    ) as string;
    const file = new URL(`../../../../vectors/${name}.json`, import.meta.url);
    expect(JSON.parse(json)).toEqual(JSON.parse(readFileSync(file, "utf8")));
  });
});
