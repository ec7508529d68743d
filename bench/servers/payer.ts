import { setTimeout as wait } from "node:timers/promises";
import { addressOfKey, ownerAccount, rewardKey } from "@lucid/protocol";
import { openTestStore } from "../../packages/node-management/src/testing/store.ts";
import { WALLET_KEY } from "../../packages/node-management/src/testing/payer-world.ts";
import { type ChainPlace, openStageOn } from "../../test/payers/stage.ts";

/** A payer as a process of its own, with one payout due to each of its owners. */
export type PayerArguments = {
  readonly path: string;
  readonly payouts: number;
  readonly chain: ChainPlace;
};
/** What it answers to any message: everybody is paid. */
export type Settled = { readonly seconds: number; readonly confirmed: number };

const EARNED_MICRO = 10_000_000n;
/** Between two runs, so that a run is never what the chain waits for. */
const PACE_MS = 50;

const { path, payouts, chain } = JSON.parse(process.argv[2] ?? "") as PayerArguments;
const { owners, payer } = await openStageOn(await openTestStore(path), {
  chain,
  owners: payouts,
});
const wallet = addressOfKey(WALLET_KEY);
await payer.ledger.bind({ chainGenesisId: chain.genesisBlockId, token: chain.token, wallet });
for (const { ownerId, nodeId } of owners)
  await payer.ledger.append({
    account: ownerAccount(ownerId),
    key: rewardKey(1, nodeId),
    amountMicro: EARNED_MICRO,
    contra: [{ account: "rewards", amountMicro: -EARNED_MICRO }],
    epoch: 1,
    policy: 1,
    at: Date.now(),
  });

const settle = async (): Promise<Settled> => {
  const began = performance.now();
  for (;;) {
    await payer.payouts.request();
    await payer.run();
    const { confirmed } = await payer.payouts.countByState();
    if (confirmed === payouts) return { seconds: (performance.now() - began) / 1000, confirmed };
    await wait(PACE_MS);
  }
};
process.on("message", () => {
  void settle().then((settled) => process.send?.(settled));
});
process.send?.({ port: 0 });
