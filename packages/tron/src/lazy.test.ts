import { expect, test } from "vitest";

const isTronWebLoaded = (): boolean => "TronWebProto" in globalThis;

test("TronWeb, which takes about 50 MiB, is loaded with the adapter and not before", async () => {
  await import("./index.ts");
  expect(isTronWebLoaded()).toBe(false);
  await import("./tronweb/index.ts");
  expect(isTronWebLoaded()).toBe(true);
});
