import { TronError } from "@lucid/tron";
import { afterEach, expect, it } from "vitest";
import { type DecisionWorld, openDecisionWorld } from "../testing/decision-world.ts";
import type { Between } from "../testing/payer-world.ts";

let t: DecisionWorld;
afterEach(() => t[Symbol.asyncDispose]());

/** A signer that does not answer while it is down, and how often it has signed. */
const createSigner = () => {
  const seen = { isDown: false, signatures: 0 };
  const signer: NonNullable<Between["signer"]> = (key) => ({
    address: key.address,
    sign: (unsigned) => {
      if (seen.isDown) throw new TronError("tron.signer.unreachable", "the signer does not answer");
      seen.signatures += 1;
      return key.sign(unsigned);
    },
  });
  return { seen, signer };
};

type Obstacle = { readonly words: string; readonly lift: () => Promise<unknown> };

const obstacles: Record<string, () => Promise<Obstacle>> = {
  "a Transfer that nobody knows": async () => {
    const txid = await t.world.move("wallet", t.world.stranger, 1_000_000n);
    const said = { txid, by: "treasurer", reason: "we moved it" };
    return { words: txid, lift: () => t.payer.treasury.record(said) };
  },
  "a pause": async () => {
    const turn = (isPaused: boolean) =>
      t.payer.payouts.turn({ isPaused, reason: "we look at it", by: "ann" });
    await turn(true);
    return { words: "payouts are paused: we look at it (since ", lift: () => turn(false) };
  },
  "a hold": async () => {
    const { owner_id: ownerId } = await t.first();
    const { holds } = t.payer;
    const put = await holds.put({
      ownerId,
      reasonCode: "identity",
      reason: "who is it",
      by: "ann",
    });
    if (put.outcome === "refused") throw new Error(put.detail);
    const { id: holdId } = put.hold;
    return {
      words: "who is it",
      lift: () => holds.release({ holdId, by: "ann", reason: "it is them" }),
    };
  },
};

it.each(Object.entries(obstacles))(
  "an attempt that is stored is not signed beside %s, and is once that is over",
  async (_, put) => {
    const { seen, signer } = createSigner();
    seen.isDown = true;
    t = await openDecisionWorld(20, { chain: "in memory" }, { signer });
    expect(await t.first()).toMatchObject({ state: "signed" });
    const { words, lift } = await put();
    seen.isDown = false;
    await t.runs(1);
    const waiting = await t.first();
    expect(waiting).toMatchObject({ state: "signed", attempt: 1 });
    expect(waiting.why).toMatch(/^waits: /);
    expect(waiting.why).toContain(words);
    expect(seen.signatures).toBe(0);
    await lift();
    await t.runs(2);
    expect(await t.first()).toMatchObject({ state: "confirmed", attempt: 1 });
  },
);

it("what was signed is sent again by another payer without another signature", async () => {
  const { seen, signer } = createSigner();
  const unsent = { accepted: false, code: "UNREACHABLE", message: null } as const;
  const chain: Between["chain"] = (port) => ({ ...port, send: async () => unsent });
  t = await openDecisionWorld(20, { chain: "in memory" }, { signer, chain });
  await t.runs(2);
  const { txid } = await t.first();
  expect(seen.signatures).toBe(1);
  seen.isDown = true;
  const next = t.world.start({ signer });
  await next.run();
  await t.world.mine(4);
  await next.run();
  expect(await t.first()).toMatchObject({ state: "confirmed", attempt: 1, txid });
  expect(seen.signatures).toBe(1);
});
