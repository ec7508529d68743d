import type { Documents } from "@lucid/platform/documents";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { payoutCollection } from "../payouts/documents.ts";
import { usdt } from "../testing/decision-world.ts";
import type { TestNode } from "../testing/index.ts";
import { SOLID_AFTER } from "../testing/payer-world.ts";
import { openTreasuryWorld, type TreasuryWorld } from "../testing/treasury-world.ts";

type Wrap = (store: Pick<Documents, "collection">) => Pick<Documents, "collection">;

/** Lets something happen once, right before the first write of this kind. */
const before =
  (isMeant: (name: string, written: object) => boolean, happen: () => Promise<unknown>): Wrap =>
  (store) => {
    let isOver = false;
    const look = async (name: string, written: object) => {
      if (isOver || !isMeant(name, written)) return;
      isOver = true;
      await happen();
    };
    return {
      collection: (definition) => {
        const real = store.collection(definition);
        const { name } = definition;
        return {
          ...real,
          insert: async (document) => {
            await look(name, document);
            return real.insert(document);
          },
          update: async (id, patch, options) => {
            await look(name, patch);
            return real.update(id, patch, options);
          },
        };
      },
    };
  };

const isRecord = (name: string) => name === "treasury_records";
const isConfirmation = (_: string, written: object) =>
  "state" in written && written.state === "confirmed";

let copied: Pick<Documents, "collection"> | null = null;

const sealedLater = { sealedSlot: async () => null, size: () => 0 };

let t: TreasuryWorld;
beforeEach(async () => {
  t = await openTreasuryWorld();
});
afterEach(() => t[Symbol.asyncDispose]());

describe("what people say paid a payout", () => {
  /** A payout that is approved and waits for the log, and a Transfer to its recipient that nobody knows. */
  const openUnsigned = async (node: TestNode) => {
    await t.earn(node, usdt(10));
    const payer = t.start({ publicLog: sealedLater });
    await payer.payouts.request();
    await payer.run();
    const [payout] = await t.list(payer);
    const txid = await t.move("wallet", node.address, usdt(9.9));
    return { payer, txid, payoutId: payout?.id ?? "" };
  };

  /** A payout that was sent, whose time is over, and of which the chain shows its payer nothing. */
  const openLost = async (name: string) => {
    const node = await t.owner(name);
    await t.earn(node, usdt(10));
    const receipt = async () => ({ ok: true, value: null }) as const;
    const payer = t.start({ chain: (port) => ({ ...port, receipt }) });
    await payer.run();
    const [payout] = await t.list(payer);
    await t.mine(70 + SOLID_AFTER);
    await payer.run();
    expect(await t.list(payer)).toMatchObject([{ state: "broadcast", parked: true }]);
    return { payer, node, payoutId: payout?.id ?? "" };
  };

  it("is one transaction, also when two treasurers name two in one moment", async () => {
    const node = await t.owner("a");
    const { payer, txid, payoutId } = await openUnsigned(node);
    const second = await t.move("wallet", node.address, usdt(9.9));
    let other: unknown = null;
    const late = t.start({
      documents: before(isRecord, async () => {
        other = await t.say(t.start(), second, { payoutId });
      }),
    });
    expect(await t.say(late, txid, { payoutId })).toMatchObject({ outcome: "recorded" });
    expect(other).toMatchObject({ code: "treasury.no_match" });
    expect(await payer.payouts.get(payoutId)).toMatchObject({
      decisions: [{ act: "attribute", by: "person_a", txid }],
    });
    expect(await payer.treasury.gate()).toMatchObject({
      state: "stopped",
      differences: [{ kind: "unknown_transfer", txid: second }],
    });
  });

  it("is one payout, also when two treasurers name two in one moment", async () => {
    t.devnet.fault({ kind: "never_included" });
    const { payer, payoutId: lost, node } = await openLost("a");
    const { payoutId, txid } = await openUnsigned(node);
    const late = t.start({
      documents: before(isRecord, () => t.say(t.start(), txid, { payoutId })),
    });
    expect(await t.say(late, txid, { payoutId: lost })).toMatchObject({
      code: "treasury.recorded",
    });
    const cancel = { payoutId: lost, act: "cancel", by: "ann", reason: "it is dead" } as const;
    expect(await payer.payouts.decide(cancel)).toMatchObject({ outcome: "taken" });
    await t.pay(t.start());
    expect(await payer.payouts.get(payoutId)).toMatchObject({ state: "confirmed", txid });
  });

  it("that was cut off is asked for again, and nothing is sent or given back before", async () => {
    const { txid, payoutId } = await openUnsigned(await t.owner("a"));
    const dying = t.start({
      documents: before(isRecord, () => Promise.reject(new Error("killed"))),
    });
    await expect(t.say(dying, txid, { payoutId })).rejects.toThrow("killed");
    const payer = t.start();
    await t.pay(payer);
    expect(t.transfers()).toHaveLength(1);
    const cancel = { payoutId, act: "cancel", by: "ann", reason: "so it shall be" } as const;
    expect(await payer.payouts.decide(cancel)).toMatchObject({ code: "payouts.state" });
    expect(await t.say(payer, txid, { payoutId })).toMatchObject({ outcome: "recorded" });
    await t.pay(payer);
    expect(await payer.payouts.get(payoutId)).toMatchObject({ state: "confirmed", txid });
    expect(t.transfers()).toHaveLength(1);
  });

  it("counts in a copy of the store that has the record without the word in the payout", async () => {
    const { txid, payoutId } = await openUnsigned(await t.owner("a"));
    await t.say(t.start(), txid, { payoutId });
    const payer = t.start({
      documents: (store) => {
        copied = store;
        return store;
      },
    });
    await copied?.collection(payoutCollection).update(payoutId, { decisions: [] }, { expect: {} });
    const cancel = { payoutId, act: "cancel", by: "ann", reason: "so it shall be" } as const;
    expect(await payer.payouts.decide(cancel)).toMatchObject({ code: "payouts.state" });
    await t.pay(payer);
    expect(await payer.payouts.get(payoutId)).toMatchObject({ state: "confirmed", txid });
    expect(t.transfers()).toHaveLength(1);
  });

  it("is seen by a payer that has read meanwhile that the payout's own transaction arrived", async () => {
    const { node, payoutId } = await openLost("a");
    const txid = await t.move("wallet", node.address, usdt(9.9));
    let said: unknown = null;
    const payer = t.start({
      documents: before(isConfirmation, async () => {
        said = await t.say(t.start(), txid, { payoutId });
      }),
    });
    await payer.run(99);
    expect(said).toMatchObject({ outcome: "recorded" });
    await payer.run(99);
    expect(await payer.payouts.get(payoutId)).toMatchObject({ state: "disputed" });
  });
});
