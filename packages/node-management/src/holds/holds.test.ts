import { ownerAccount } from "@lucid/protocol";
import { afterEach, describe, expect, it } from "vitest";
import { type DecisionWorld, openDecisionWorld, usdt } from "../testing/decision-world.ts";

let t: DecisionWorld;
afterEach(() => t[Symbol.asyncDispose]());

const ownerIdOf = (which: "node" | "other") =>
  t.world.services.registry.node(t[which].nodeId)?.ownerId ?? "";
const put = (reason = "two nodes on one machine", ownerId = ownerIdOf("node")) =>
  t.payer.holds.put({ ownerId, reasonCode: "cheating", reason, by: "olga" });
const holdOf = async () => {
  const verdict = await put();
  if (verdict.outcome === "refused") throw new Error(verdict.detail);
  return verdict.hold.id;
};
const uphold = (holdId: string, by: string, amount: number) =>
  t.payer.holds.uphold({ holdId, by, reason: "it was so", forfeitMicro: usdt(amount) });
const explain = async () => {
  const owner = t.world.services.registry.owner(ownerIdOf("node"));
  if (owner === null) throw new Error("no owner");
  return t.payer.payouts.explainWait(owner);
};
/** One that was on its way when the hold was put. */
const debit = () =>
  t.payer.ledger.append({
    account: ownerAccount(ownerIdOf("node")),
    key: "adjustment:decided_before",
    amountMicro: -usdt(1),
    contra: [{ account: "costs", amountMicro: usdt(1) }],
    ref: "decided_before",
    policy: 1,
    at: t.world.services.clock.now(),
  });
const ledgerOf = (ownerId: string) => t.payer.ledger.entries(ownerAccount(ownerId));

describe("a hold", () => {
  it("keeps rewards accruing and payouts waiting, until it is released", async () => {
    t = await openDecisionWorld(5);
    const holdId = await holdOf();
    await t.world.earn(t.node, usdt(15));
    await t.world.earn(t.other, usdt(12));
    await t.payer.payouts.request();
    await t.runs(3);
    expect(await t.all()).toMatchObject([{ owner_id: ownerIdOf("other"), state: "confirmed" }]);
    expect(await t.balance()).toBe(usdt(20));
    expect(await explain()).toMatch(
      /^The payouts of this owner are held since .* UTC \(cheating\): two nodes on one machine\. Rewards go on/,
    );
    const release = { holdId, by: "olga", reason: "they are two" };
    expect(await t.payer.holds.release(release)).toMatchObject({ outcome: "taken" });
    expect(await t.payer.holds.release(release)).toMatchObject({ outcome: "present" });
    expect(await uphold(holdId, "ann", 1)).toMatchObject({ code: "holds.state" });
    await t.payer.payouts.request();
    await t.runs(3);
    expect(await t.balance()).toBe(0n);
    expect(t.world.devnet.transfers().some(({ to }) => to === t.node.address)).toBe(true);
  });

  it("is one document however often the same words are said, and another one after it ended", async () => {
    t = await openDecisionWorld(5);
    const [one, two] = await Promise.all([put(), put()]);
    expect([one.outcome, two.outcome].toSorted()).toEqual(["present", "taken"]);
    expect(await put("something else")).toMatchObject({ code: "holds.held" });
    expect(await put("who?", `owner_${"a".repeat(32)}`)).toMatchObject({ code: "owners.unknown" });
    const holdId = await holdOf();
    await t.payer.holds.release({ holdId, by: "olga", reason: "it was nothing" });
    expect(await holdOf()).not.toBe(holdId);
    expect(await t.payer.holds.list({}, { ownerId: ownerIdOf("node") })).toMatchObject({
      total: 2,
    });
  });

  it("keeps a payout that is decided from being signed, in words, and takes no room from others", async () => {
    t = await openDecisionWorld(20, { rules: { mode: "manual" } });
    await t.say("approve", "ann");
    const holdId = await holdOf();
    await t.runs(2);
    expect(await t.first()).toMatchObject({
      state: "created",
      why: expect.stringMatching(/^waits: held since .*two people/) as string,
    });
    expect(t.world.devnet.transfers()).toEqual([]);
    await t.payer.holds.release({ holdId, by: "tom", reason: "they are two" });
    await t.runs(3);
    expect(await t.first()).toMatchObject({ state: "confirmed" });
  });

  it("is looked at again before the signature of a payout that was approved", async () => {
    const notYet = { sealedSlot: async () => null, size: () => 0 };
    t = await openDecisionWorld(20, {}, { publicLog: notYet });
    expect(await t.first()).toMatchObject({ state: "approved" });
    await holdOf();
    const payer = t.world.start();
    for (let n = 0; n < 2; n++) {
      await payer.run(100 + n);
      await t.world.mine(4);
    }
    expect(await t.first()).toMatchObject({
      state: "approved",
      why: expect.stringMatching(/^waits: held since/) as string,
    });
    expect(t.world.devnet.transfers()).toEqual([]);
  });
});

describe("a run of the payer", () => {
  /** Two owners are due; something happens while the transfer of the first is built. */
  const during = async (happens: () => Promise<unknown>) => {
    t = await openDecisionWorld(
      5,
      {},
      {
        chain: (port) => ({
          ...port,
          buildTransfer: async (request) => {
            await happens();
            return port.buildTransfer(request);
          },
        }),
      },
    );
    await t.world.earn(t.node, usdt(5));
    await t.world.earn(t.other, usdt(10));
    await t.payer.payouts.request();
    await t.payer.run();
    return t.all();
  };
  const sent = () => [{ owner_id: ownerIdOf("node"), state: "broadcast" }];

  it("signs nothing for an owner who is held while the transfer is built", async () => {
    const [payout] = await during(() => put());
    expect(payout).toMatchObject({
      state: "approved",
      attempt: 0,
      why: expect.stringMatching(/^waits: held since/) as string,
    });
  });

  it("signs and debits nothing once payouts are paused, and says so", async () => {
    const paused = { isPaused: true, reason: "the wallet moves", by: "ann" };
    expect(await during(() => t.payer.payouts.turn(paused))).toMatchObject([
      {
        owner_id: ownerIdOf("node"),
        state: "approved",
        why: expect.stringMatching(
          /^waits: payouts are paused: the wallet moves \(since .*\)$/,
        ) as string,
      },
    ]);
    expect(t.payer.payouts.state()).toMatchObject({ state: "paused" });
  });

  it("debits nobody who is held since it began", async () => {
    expect(await during(() => put("who is that?", ownerIdOf("other")))).toMatchObject(sent());
    expect(await t.payer.ledger.balance(ownerAccount(ownerIdOf("other")))).toBe(usdt(10));
  });

  it("leaves a balance that moved to the next one, which looks at it again", async () => {
    expect(await during(() => t.world.earn(t.other, usdt(1)))).toMatchObject(sent());
    await t.payer.run();
    expect(await t.all()).toMatchObject([
      { owner_id: ownerIdOf("other"), gross_micro: usdt(11) },
      { owner_id: ownerIdOf("node") },
    ]);
  });
});

describe("an upheld hold", () => {
  it("takes what two different people agree on, once, and lets the rest be paid", async () => {
    t = await openDecisionWorld(5);
    const holdId = await holdOf();
    await t.world.earn(t.node, usdt(20));
    expect(await uphold(holdId, "ann", 15)).toMatchObject({ outcome: "taken" });
    expect(await uphold(holdId, "ann", 15)).toMatchObject({
      outcome: "present",
      hold: { state: "active" },
    });
    expect(await uphold(holdId, "bob", 14)).toMatchObject({ hold: { state: "active" } });
    expect(await t.balance()).toBe(usdt(25));
    expect(await uphold(holdId, "bob", 15)).toMatchObject({
      outcome: "taken",
      hold: { state: "upheld", is_shut: false, ended: { by: ["ann", "bob"] } },
    });
    expect(await uphold(holdId, "bob", 15)).toMatchObject({ outcome: "present" });
    expect(await uphold(holdId, "eve", 5)).toMatchObject({ code: "holds.state" });
    expect((await ledgerOf(ownerIdOf("node"))).at(-1)).toMatchObject({
      key: `forfeit:${holdId}`,
      kind: "forfeit",
      ref: holdId,
      amount_micro: "-15000000",
      contra: [{ account: "forfeited", amount_micro: "15000000" }],
    });
    await t.payer.payouts.request();
    await t.runs(3);
    expect(await t.first()).toMatchObject({ state: "confirmed", gross_micro: usdt(10) });
    expect(await t.payer.ledger.verify()).toMatchObject({ ok: true });
  });

  it.each([0, 5.000001])("takes no %d USDT of a balance of 5", async (amount) => {
    t = await openDecisionWorld(5);
    expect(await uphold(await holdOf(), "ann", amount)).toMatchObject({ code: "holds.amount" });
  });

  it("waits when a debit is faster than its entry", async () => {
    t = await openDecisionWorld(8);
    const holdId = await holdOf();
    await uphold(holdId, "ann", 8);
    let isFirst = true;
    const slower = t.world.start({
      documents: (store) => ({
        collection: (definition) => {
          const collection = store.collection(definition);
          if (definition.name !== "ledger") return collection;
          const insert: typeof collection.insert = async (entry) => {
            if (isFirst) await debit();
            isFirst = false;
            return collection.insert(entry);
          };
          return { ...collection, insert };
        },
      }),
    });
    const word = { holdId, by: "bob", reason: "it was so", forfeitMicro: usdt(8) };
    expect(await slower.holds.uphold(word)).toMatchObject({
      outcome: "taken",
      hold: { state: "upheld", is_shut: true },
    });
    expect(await t.balance()).toBe(usdt(7));
  });

  it("is carried out after a crash between the decision and its entry", async () => {
    t = await openDecisionWorld(8);
    const holdId = await holdOf();
    await uphold(holdId, "ann", 8);
    const dying = t.world.start({
      documents: (store) => ({
        collection: (definition) => {
          const collection = store.collection(definition);
          if (definition.name !== "ledger") return collection;
          return { ...collection, insert: () => Promise.reject(new Error("killed")) };
        },
      }),
    });
    const word = { holdId, by: "bob", reason: "it was so", forfeitMicro: usdt(8) };
    await expect(dying.holds.uphold(word)).rejects.toThrow("killed");
    await debit();
    await t.runs(1);
    expect(await t.balance()).toBe(usdt(7));
    expect(await explain()).toContain(
      "8.000000 USDT are forfeited, and payouts go on once the balance holds that much",
    );
    await t.world.earn(t.node, usdt(3));
    await t.runs(2);
    expect(await t.balance()).toBe(usdt(2));
    expect(await t.payer.holds.get(holdId)).toMatchObject({ state: "upheld", is_shut: false });
    expect((await ledgerOf(ownerIdOf("node"))).at(-1)).toMatchObject({ kind: "forfeit" });
  });
});
