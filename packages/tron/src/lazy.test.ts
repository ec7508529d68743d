import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";

const chain = new URL("./tronweb/index.ts", import.meta.url).href;
const transfers = new URL("./testing/transfers.ts", import.meta.url).href;

/** In a process where nobody has loaded anything yet. */
const script = `
const isLoaded = () => "TronWebProto" in globalThis;
const { createChain } = await import("${chain}");
const { localProfile, RECIPIENT, REF_BLOCK, WALLET } = await import("${transfers}");
const profile = localProfile();
const port = createChain(profile, profile.endpoints[0]);
await port.head();
const before = isLoaded();
await port.buildTransfer({
  from: WALLET,
  to: RECIPIENT,
  amountMicro: 1n,
  refBlock: REF_BLOCK,
  timestampMs: 1,
  expirationMs: 2,
  feeLimitSun: 1n,
});
console.log(JSON.stringify([before, isLoaded()]));
`;

test("TronWeb, which takes about 8 MiB, is loaded for the first transfer, not for questions", () => {
  const words = ["--input-type=module", "--eval", script];
  const said = execFileSync(process.execPath, words, { encoding: "utf8" });
  expect(JSON.parse(said)).toEqual([false, true]);
});
