import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";

/** In a process where nobody has loaded anything yet. */
const isTronWebLoadedAfter = (module: string): unknown => {
  const { href } = new URL(module, import.meta.url);
  const script = `await import("${href}"); console.log("TronWebProto" in globalThis)`;
  const words = ["--input-type=module", "--eval", script];
  return JSON.parse(execFileSync(process.execPath, words, { encoding: "utf8" }));
};

test("TronWeb, which takes about 50 MiB, is loaded with the adapter and not before", () => {
  expect(isTronWebLoadedAfter("./index.ts")).toBe(false);
  expect(isTronWebLoadedAfter("./tronweb/index.ts")).toBe(true);
});
