import { bindingKey, type PayoutRecord } from "@lucid/protocol";
import type { LedgerBinding } from "@lucid/verify";
import { expect, test } from "vitest";
import {
  RECIPIENT,
  startNetwork,
  USDT,
  WALLET,
  type TestNetwork,
} from "../../../tron-devnet/src/testing/network.ts";
import { openChains } from "./chains.ts";
import { createTransferCheck } from "./transfers.ts";

const networkId = "ab".repeat(32);

const paidOn = async (network: TestNetwork): Promise<PayoutRecord> => {
  const { devnet } = network;
  const { txid } = await network.pay();
  devnet.mine(1);
  devnet.solidify();
  const tron_block = devnet.blocks().findIndex(({ txids }) => txids.includes(txid));
  return {
    payout_id: `payout_${"a".repeat(26)}`,
    owner_id: `owner_${"a".repeat(32)}`,
    state: "confirmed",
    attempt: 1,
    recipient: RECIPIENT,
    gross_micro: (10n * USDT + 100_000n).toString(),
    net_micro: (10n * USDT).toString(),
    fee_micro: "100000",
    at: 0,
    txid,
    tron_block,
  };
};

const ledgerOf = ({ devnet }: TestNetwork): LedgerBinding => ({
  networkId,
  binding: bindingKey(networkId, devnet.genesisBlockId, devnet.token),
  wallets: [WALLET],
});

test("a payout is looked up on the solidified chain, to the last micro-USDT", async () => {
  await using network = await startNetwork();
  const payout = await paidOn(network);
  const ledger = ledgerOf(network);
  const { url: endpoint, token: tronToken } = network.devnet;
  const chains = await openChains({ tron: [endpoint], tronNetwork: "local", tronToken });
  const check = createTransferCheck(chains);
  expect(await check(payout, ledger)).toEqual({ kind: "paid" });
  const wrong: Partial<PayoutRecord>[] = [
    { net_micro: (10n * USDT + 1n).toString() },
    { recipient: WALLET },
    { tron_block: 5 },
    { txid: "cd".repeat(32) },
  ];
  for (const lie of wrong)
    expect(await check({ ...payout, ...lie }, ledger), JSON.stringify(lie)).toMatchObject({
      kind: "wrong",
    });
  expect(await check(payout, { ...ledger, wallets: [RECIPIENT] })).toMatchObject({ kind: "wrong" });
});

test("what another chain, or nobody, answers proves nothing", async () => {
  await using network = await startNetwork();
  const payout = await paidOn(network);
  const ledger = ledgerOf(network);
  const check = createTransferCheck([network.chain]);
  const elsewhere = bindingKey(networkId, "00".repeat(32), network.devnet.token);
  expect(await check(payout, { ...ledger, binding: elsewhere })).toMatchObject({
    kind: "unknown",
    reason: expect.stringContaining("another chain") as string,
  });
  const { token: tronToken, url } = network.devnet;
  const dead = await openChains({
    tron: [url, "http://127.0.0.1:1"],
    tronNetwork: "local",
    tronToken,
  });
  expect(await createTransferCheck(dead)(payout, ledger)).toMatchObject({ kind: "unknown" });
});

test("without endpoints nothing is asked, and a chain that nobody knows is a wrong option", async () => {
  expect(await openChains({ tronNetwork: "mainnet" })).toEqual([]);
  for (const tronNetwork of ["somewhere", "local"])
    await expect(openChains({ tron: ["http://127.0.0.1:1"], tronNetwork })).rejects.toMatchObject({
      name: "Failure",
      exit: 2,
    });
});
