import { slotStart } from "@lucid/protocol";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  createTestNode,
  createTestServices,
  signCancellation,
  signChange,
  slowNetwork,
  type TestNode,
  type TestServices,
} from "../testing/index.ts";

const network = slowNetwork();
const first = network.genesis.first_slot;
const DAY = 4;
const wallet = (name: string): TestNode => createTestNode(network, name);
const [b, c] = [wallet("b"), wallet("c")];

let services: TestServices;
let node: TestNode;
let ownerId: string;

beforeEach(async () => {
  services = await createTestServices({ network });
  node = await services.enrol("a");
  ownerId = services.registry.ownerOfAddress(node.address)?.ownerId ?? "";
  await sealed();
});
afterEach(() => services[Symbol.asyncDispose]());

const slot = (): number =>
  Math.floor((services.clock.now() - network.genesis.origin_ms) / network.genesis.slot_ms);
/** Lets the open slot end, and some more, and seals. */
const sealed = async (slots = 1): Promise<void> => {
  await services.goTo(slot() + slots, network.genesis.grace_ms);
  await services.seal();
};
const change = (
  about: Partial<Parameters<typeof signChange>[1]> = {},
  replaced: Parameters<typeof signChange>[2] = {},
) => services.addresses.change(signChange(network, { node, ownerId, to: b, ...about }, replaced));
const cancel = (from = node, seq = 0) =>
  services.addresses.cancel(signCancellation(network, { ownerId, seq, from }));
const address = (): string | undefined => services.registry.owner(ownerId)?.address;
const next = () => services.addresses.next(ownerId);
const states = async () =>
  (await services.addresses.list(ownerId, {})).items.map(({ state }) => state);

describe("a change of an owner's address", () => {
  it("takes force 48 hours after its slot when both wallets signed, and not before", async () => {
    expect(await change()).toMatchObject({ outcome: "announced", status: { state: "announced" } });
    await sealed();
    const endsMs = slotStart(network.genesis, first + 2) + 48 * 3_600_000;
    expect(await next()).toMatchObject({ state: "pending", takesForceAtMs: endsMs });
    await services.clock.advance(endsMs - services.clock.now() - 1);
    expect(address()).toBe(node.address);
    expect(services.registry.ownerOfAddress(b.address)).toBeNull();
    await services.clock.advance(1);
    expect(address()).toBe(b.address);
    expect(services.registry.ownerOfAddress(b.address)?.ownerId).toBe(ownerId);
    expect(services.registry.ownerOfAddress(node.address)).toBeNull();
    expect([await next(), await states()]).toEqual([null, ["in_force"]]);
  });

  it("takes 30 days without the old wallet", async () => {
    await change({ withOld: false });
    await sealed(30 * DAY);
    expect(address()).toBe(node.address);
    await sealed();
    expect(address()).toBe(b.address);
  });

  it("is found again when it is repeated, also twice at once, and holds after a restart", async () => {
    const outcomes = (await Promise.all([change(), change()])).map(({ outcome }) => outcome);
    expect(outcomes.toSorted()).toEqual(["announced", "found"]);
    expect((await change()).outcome).toBe("found");
    await sealed(2 * DAY + 1);
    const restarted = await services.restarted();
    expect(restarted.registry.owner(ownerId)?.address).toBe(b.address);
    expect(restarted.addresses.nextSeq(ownerId)).toBe(1);
    expect((await services.addresses.list(ownerId, {})).total).toBe(1);
  });

  it("goes on from the new address, and never back to one that was left", async () => {
    await change();
    await sealed(2 * DAY + 1);
    expect(await change({ from: b, to: node, seq: 1 })).toMatchObject({
      code: "addresses.new_address",
    });
    expect(await change({ from: b, to: c, seq: 1 })).toHaveProperty("outcome", "announced");
    await sealed(2 * DAY + 1);
    expect(address()).toBe(c.address);
    expect(await states()).toEqual(["in_force", "left"]);
  });

  it("with the old wallet comes before one without it, which then changes nothing", async () => {
    await change({ withOld: false });
    await sealed();
    expect(await change({ to: c, seq: 1 })).toHaveProperty("outcome", "announced");
    await sealed(2 * DAY + 1);
    expect(address()).toBe(c.address);
    expect(await states()).toEqual(["in_force", "void"]);
    await sealed(30 * DAY);
    expect(address()).toBe(c.address);
  });

  it("is refused while another one takes force first, and while one is on its way into a block", async () => {
    await change();
    expect(await change({ to: c, seq: 1 })).toMatchObject({ code: "addresses.seq" });
    await sealed();
    expect(await change({ to: c, seq: 1 })).toMatchObject({ code: "addresses.overtaken" });
  });

  it.each([
    ["another number", { seq: 1 }, {}, "addresses.seq", "/seq"],
    ["another old address", { from: b, to: c }, {}, "addresses.old_address", "/old_address"],
    ["the address that it has", { to: wallet("a") }, {}, "addresses.new_address", "/new_address"],
    ["another owner", { ownerId: `owner_${"a".repeat(32)}` }, {}, "owners.unknown", "owner"],
    ["a stranger's node", { node: c, from: wallet("a") }, {}, "addresses.node", "/node_id"],
    ["a broken address", {}, { new_address: "TQ" }, "request.invalid", "address"],
    [
      "a wallet that signed another change",
      {},
      {
        new_wallet_signature: signCancellation(network, { ownerId: "x", from: b }).wallet_signature,
      },
      "addresses.signature",
      "/new_wallet_signature",
    ],
    [
      "an old wallet that did not sign this",
      {},
      {
        old_wallet_signature: signCancellation(network, { ownerId: "x", from: b }).wallet_signature,
      },
      "addresses.signature",
      "/old_wallet_signature",
    ],
    [
      "a node that did not sign it",
      {},
      { signature: "00".repeat(64) },
      "addresses.signature",
      "/signature",
    ],
  ] as const)("is refused with %s", async (_, about, replaced, code, named) => {
    const verdict = await change(about, replaced);
    expect(verdict).toMatchObject({ outcome: "refused", code });
    expect(verdict).toHaveProperty("detail", expect.stringContaining(named));
    expect((await services.addresses.list(ownerId, {})).total).toBe(0);
  });

  it("is refused to an address that another owner has, waits for, or left", async () => {
    const other = await services.enrol("other");
    const otherId = services.registry.ownerOfAddress(other.address)?.ownerId ?? "";
    expect(await change({ to: other })).toMatchObject({ code: "addresses.new_address" });
    const theirs = { node: other, ownerId: otherId, to: c };
    await services.addresses.change(signChange(network, theirs));
    expect(await change({ to: c })).toMatchObject({ code: "addresses.new_address" });
    await sealed(2 * DAY + 1);
    expect(await change({ to: c })).toMatchObject({ code: "addresses.new_address" });
    expect(await change({ to: other })).toMatchObject({ code: "addresses.new_address" });
  });
});

describe("the old wallet", () => {
  it("takes back a change that was made without it, also before a block holds it", async () => {
    await change({ withOld: false });
    expect(await cancel()).toHaveProperty("outcome", "announced");
    expect(await next()).toMatchObject({ state: "announced", isBeingCancelled: true });
    await sealed(2);
    expect(await states()).toEqual(["cancelled"]);
    await sealed(31 * DAY);
    expect(address()).toBe(node.address);
    expect(await change({ seq: 1 })).toHaveProperty("outcome", "announced");
    const { registry } = await services.restarted();
    expect(registry.addresses.historyOf(ownerId)).toEqual(
      services.registry.addresses.historyOf(ownerId),
    );
  });

  it("is refused when it signed the change, another wallet signs, or the delay is over", async () => {
    expect(await cancel()).toMatchObject({ code: "addresses.no_change" });
    await change();
    expect(await cancel()).toMatchObject({ code: "addresses.with_old_wallet" });
    await sealed(2 * DAY + 1);
    await change({ from: b, to: c, seq: 1, withOld: false });
    expect(await cancel(c, 1)).toMatchObject({ code: "addresses.signature" });
    await sealed(30 * DAY);
    // The slot in which the delay ends is too late: the word would count from its end on.
    expect(address()).toBe(b.address);
    expect(await cancel(b, 1)).toMatchObject({ code: "addresses.over" });
  });
});

describe("an enrolment", () => {
  const enrol = (name: string, owner: string) => services.enrol(name, { owner });

  it("is refused with an address that is pending or was left behind, and adds to the owner of one in force", async () => {
    await change();
    await expect(enrol("second", "b")).rejects.toThrow(/waits to become/);
    await sealed();
    await expect(enrol("second", "b")).rejects.toThrow(/waits to become/);
    await enrol("third", "a");
    await sealed(2 * DAY - 1);
    await expect(enrol("fourth", "a")).rejects.toThrow(/being left behind/);
    await sealed(2);
    await expect(enrol("fourth", "a")).rejects.toThrow(/was left behind/);
    const second = await enrol("second", "b");
    const { registry } = await services.restarted();
    expect(registry.node(second.nodeId)?.ownerId).toBe(ownerId);
    expect(registry.owner(ownerId)?.nodeIds).toHaveLength(3);
  });

  it("is found again when it is repeated after its owner's address changed", async () => {
    await change();
    await sealed(2 * DAY + 1);
    const verdict = await services.registry.enrol(network.networkId, node.enrolment());
    expect(verdict).toHaveProperty("outcome", "found");
  });

  it("may take an address whose change was taken back", async () => {
    await change({ withOld: false });
    await cancel();
    await sealed(2);
    const own = await enrol("own", "b");
    expect(services.registry.node(own.nodeId)?.ownerId).not.toBe(ownerId);
    const { registry } = await services.restarted();
    expect(registry.owner(ownerId)?.address).toBe(node.address);
    expect((await states())[0]).toBe("cancelled");
  });
});
