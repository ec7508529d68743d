import { expect, test } from "vitest";
import { createChain } from "@lucid/tron/tronweb";
import { openDevnet } from "./index.ts";
import { profileOf, valueOf, WALLET } from "./testing/network.ts";

test("a chain in memory answers the same port without a socket, each node with its own faults", async () => {
  const accounts = [{ address: WALLET, trxSun: 5n, usdtMicro: 7n }];
  await using devnet = openDevnet({ accounts, blockMs: 1000, solidAfter: 1 });
  const portOf = (url: string) => {
    const profile = profileOf({ ...devnet, url });
    const [endpoint] = profile.endpoints;
    if (endpoint === undefined) throw new Error("no endpoint");
    return createChain(profile, endpoint, { transport: devnet.ask });
  };
  const [main, a] = [portOf(devnet.url), portOf(devnet.nodeUrl("a"))];
  devnet.mine(3);
  expect(await valueOf(main.genesisBlockId())).toBe(devnet.genesisBlockId);
  expect((await valueOf(a.solidHead())).number).toBe(2);
  expect(await valueOf(a.balances(WALLET))).toEqual({ trxSun: 5n, tokenMicro: 7n });
  expect(await valueOf(a.transfersOut(WALLET, 0, 3))).toEqual([]);
  expect(await a.historyOut?.(WALLET, 0, Number.MAX_SAFE_INTEGER)).toEqual({ ok: true, value: [] });
  devnet.fault({ kind: "down", node: "a" });
  expect(await a.head()).toMatchObject({ ok: false, code: "unreachable" });
  expect(await main.head()).toMatchObject({ ok: true });
  devnet.fault({ kind: "html" });
  expect(await main.head()).toMatchObject({ ok: false, code: "unknown" });
});
