import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { ChainPort } from "@lucid/tron";
import {
  type Between,
  createPayerWorld,
  type PayerProcess,
  type PayerWorld,
} from "../../../packages/node-management/src/testing/payer-world.ts";
import { keepCopy } from "../../../packages/node-management/src/testing/store-copy.ts";
import { openTestStore } from "../../../packages/node-management/src/testing/store.ts";
import { openSigner } from "./signer.ts";

/** More blocks than a transfer may wait for. */
const LIFETIME_BLOCKS = 64;
const NET_MICRO = 9_900_000n;

describe("a payout that was signed, and whose signature the books have lost", () => {
  let stack: AsyncDisposableStack;
  let world: PayerWorld;
  let restored: PayerProcess;
  let endpoints: number;
  let signer: NonNullable<Between["signer"]>;
  let sent: string[];

  /** Keeps what leaves for the chain, and lets it arrive or not. */
  const watch =
    (arrives: boolean) =>
    (port: ChainPort): ChainPort => ({
      ...port,
      send: async (signed) => {
        sent.push(signed);
        if (arrives) return port.send(signed);
        return { accepted: false, code: "UNREACHABLE", message: null };
      },
    });

  /** Signs with books that are put back afterwards to what they were before. */
  const loseSignature = async ({ arrives }: { arrives: boolean }): Promise<void> => {
    const notSealed = { sealedSlot: async () => null, size: () => 0 };
    await world.start({ publicLog: notSealed }).run();
    const copy = keepCopy(world);
    await world.start({ signer, endpoints: 2, chain: watch(arrives) }).run();
    expect(sent).toHaveLength(1);
    await world.mine(1);
    const store = stack.use(await openTestStore(copy));
    restored = world.start({ documents: () => store, signer, endpoints });
  };

  const payout = async () => {
    const [found] = (await restored.payouts.list({ limit: 1 })).items;
    if (found === undefined) throw new Error("no payout");
    return found;
  };
  const runs = async (count: number): Promise<void> => {
    for (let n = 0; n < count; n++) {
      await restored.run();
      await world.mine(5);
    }
  };
  const transfers = () => world.devnet.transfers().map(({ amountMicro }) => amountMicro);

  beforeEach(async () => {
    stack = new AsyncDisposableStack();
    world = stack.use(await createPayerWorld({ isOnDisk: true, chain: "in memory" }));
    const node = await world.owner("a");
    await world.earn(node, 10_000_000n);
    const ownerId = world.services.registry.node(node.nodeId)?.ownerId ?? "";
    signer = stack.use(openSigner(world, [{ node, ownerId, earnedMicro: 10_000_000n }])).of(world);
    endpoints = 2;
    sent = [];
  });
  afterEach(() => stack[Symbol.asyncDispose]());

  it("waits in words, and is paid once by the next attempt when two endpoints show that it is dead", async () => {
    await loseSignature({ arrives: false });
    await restored.run();
    const { id, state, why } = await payout();
    expect(state).toBe("signed");
    expect(why).toMatch(
      new RegExp(
        `^waits: the signer refuses: attempt 1 of ${id} was signed as transaction [0-9a-f]{64} .*` +
          `lucid admin treasury record <txid> "<reason>" --payout ${id}; .*lucid payouts cancel ${id}`,
      ),
    );
    await world.mine(LIFETIME_BLOCKS);
    await runs(3);
    expect(await payout()).toMatchObject({ state: "confirmed", attempt: 2 });
    expect(transfers()).toEqual([NET_MICRO]);
    expect(await restored.ledger.verify()).toMatchObject({ ok: true });
  });

  it("is found paid when it had arrived, once a person has said so", async () => {
    await loseSignature({ arrives: true });
    await restored.run();
    await world.mine(5);
    await restored.run();
    const { id } = await payout();
    const [moved] = world.devnet.transfers();
    expect(restored.payouts.state().reason).toContain(`record ${moved?.txid} "<reason>"`);
    const said = { reason: "seen on the chain", by: "ann", payoutId: id };
    expect(await restored.treasury.record({ txid: moved?.txid ?? "", ...said })).toMatchObject({
      outcome: "recorded",
    });
    await world.mine(LIFETIME_BLOCKS);
    await runs(3);
    expect(await payout()).toMatchObject({ state: "confirmed", txid: moved?.txid });
    expect(transfers()).toEqual([NET_MICRO]);
  });

  it.each([
    [1, "taken"],
    [2, "refused"],
  ])(
    "is given back by a person once its time is over; with %d endpoints another word is %s",
    async (count, outcome) => {
      endpoints = count;
      await loseSignature({ arrives: false });
      await restored.run();
      const say = async (act: "cancel" | "expire") =>
        restored.payouts.decide({
          payoutId: (await payout()).id,
          act,
          by: "ann",
          reason: "it is lost",
        });
      expect(await say("cancel")).toMatchObject({ outcome: "taken" });
      await restored.run();
      expect(await payout()).toMatchObject({
        state: "signed",
        why: "waits: cancelled by ann; it is given back once this attempt is provably dead",
      });
      await world.mine(LIFETIME_BLOCKS);
      await runs(1);
      expect(await say("expire")).toMatchObject({ outcome });
      await restored.run();
      await restored.run();
      const all = (await restored.payouts.list({ limit: 10 })).items;
      expect(all.at(-1)).toMatchObject({ state: "cancelled", reversal: "done" });
      expect(await restored.ledger.verify()).toMatchObject({ ok: true });
    },
  );
});
