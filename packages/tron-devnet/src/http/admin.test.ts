import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openChain } from "../chain/chain.ts";
import { openStore } from "../store/store.ts";
import { createServer } from "./server.ts";

test("the devnet's own doors are closed to other machines, the chain's are not", async () => {
  const dir = mkdtempSync(join(tmpdir(), "devnet-"));
  const store = openStore(dir);
  const options = { blockMs: 1000, solidAfter: 19, accounts: [] };
  const server = createServer(openChain({ store, clock: { now: () => 5_000_000 } }, options));
  const statusFrom = async (remoteAddress: string, url: string) =>
    (await server.inject({ url, remoteAddress })).statusCode;
  expect(await statusFrom("127.0.0.1", "/devnet/state")).toBe(200);
  expect(await statusFrom("::1", "/devnet/transfers")).toBe(200);
  expect(await statusFrom("192.168.1.5", "/devnet/state")).toBe(403);
  expect(await statusFrom("::ffff:10.0.0.1", "/devnet/faults")).toBe(403);
  expect(await statusFrom("192.168.1.5", "/wallet/getnowblock")).toBe(200);
  await server.close();
  store.close();
  rmSync(dir, { recursive: true });
});
