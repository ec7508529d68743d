import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createClient } from "@lucid/api/client";
import { addressOfKey } from "@lucid/protocol";
import { createLocalSigner, networkProfile } from "@lucid/tron";
import { createChain } from "@lucid/tron/tronweb";
import { startDevnet } from "@lucid/tron-devnet";
import { expect, test } from "vitest";
import { lucid, serveNewNetwork } from "../testing/founder.ts";

const KEY = "11".repeat(32);
const WALLET = addressOfKey(KEY);
const STRANGER = addressOfKey("22".repeat(32));

test("a treasurer pauses, resumes, says what left the wallet and compares everything, from the command line", async () => {
  await using stack = new AsyncDisposableStack();
  const folder = await mkdtemp(join(tmpdir(), "treasury-"));
  stack.defer(() => rm(folder, { recursive: true, force: true }));
  const account = { address: WALLET, trxSun: 10n ** 12n, usdtMicro: 100_000_000n };
  const devnet = stack.use(
    await startDevnet({
      dir: join(folder, "chain"),
      blockMs: 250,
      solidAfter: 3,
      accounts: [account],
    }),
  );
  const endpoint = { full: devnet.url, solidity: devnet.url, jsonrpc: `${devnet.url}/jsonrpc` };
  const { genesisBlockId, token } = devnet;
  const profile = networkProfile("local", { genesisBlockId, token, endpoints: [endpoint] });
  const chain = createChain(profile, endpoint);
  const signer = createLocalSigner({ privateKeyHex: KEY, profile });
  const data = join(folder, "network");
  const service = stack.use(
    await serveNewNetwork(data, {
      payer: { chains: [chain], signer, genesisBlockId },
      settings: { PAYOUT_PROCESSING_INTERVAL: "1" },
    }),
  );
  const at = ["--service", service.url];
  const as = ["--data", data, ...at];
  const client = createClient({ baseUrl: service.url });
  const becomes = (state: string) =>
    expect
      .poll(async () => (await client.call("getNetwork", {})).payouts.state, patience)
      .toBe(state);
  const patience = { timeout: 20_000, interval: 100 };

  await becomes("running");
  const paused = await lucid("payouts", "pause", "the wallet moves", ...as);
  expect(paused.lines).toMatchObject([{ state: "paused", reason: "the wallet moves" }]);
  await becomes("paused");
  expect((await client.call("getNetwork", {})).payouts.reason).toContain("the wallet moves");
  expect((await lucid("payouts", "resume", "it has moved", ...as)).code).toBe(0);
  await becomes("running");

  const head = await chain.solidHead();
  if (!head.ok) throw new Error(head.reason);
  const { timestampMs } = devnet.head();
  const unsigned = await chain.buildTransfer({
    from: WALLET,
    to: STRANGER,
    amountMicro: 5_000_000n,
    refBlock: head.value,
    timestampMs,
    expirationMs: timestampMs + 60_000,
    feeLimitSun: 50_000_000n,
  });
  await chain.send(signer.sign(unsigned));
  await becomes("stopped");
  const listed = await lucid("admin", "treasury", "list", ...as);
  expect(listed.lines).toMatchObject([
    { state: "stopped", differences: [{ kind: "unknown_transfer", txid: unsigned.txid }] },
  ]);
  const record = ["admin", "treasury", "record"];
  await expect
    .poll(
      async () => (await lucid(...record, unsigned.txid, "costs of the server", ...as)).code,
      patience,
    )
    .toBe(0);
  const other = await lucid(...record, unsigned.txid, "something else", ...as);
  expect(other.err).toContain("treasury.recorded");
  expect((await lucid(...record, "ab".repeat(32), "no such", ...as)).err).toContain(
    "treasury.unknown_transaction",
  );
  await becomes("running");
  const reconciled = await lucid("payouts", "reconcile", ...as);
  expect(reconciled.lines).toMatchObject([{ transfers: 1, differences_total: 0 }]);
  expect(await client.call("getReconciliation", {})).toMatchObject({ differences_total: 0 });
}, 90_000);
