import type { Fault, TokenChange } from "@lucid/tron-devnet";
import type { ChainPort } from "@lucid/tron";
import { afterEach, describe, expect, it } from "vitest";
import { type DecisionWorld, openDecisionWorld, usdt } from "../testing/decision-world.ts";
import type { PayerWorld } from "../testing/payer-world.ts";
import { servePayer } from "../testing/serve-payer.ts";

let t: DecisionWorld;
afterEach(() => t[Symbol.asyncDispose]());

const CHAIN = { chain: "in memory", usdtMicro: usdt(1000), trxSun: usdt(1000) } as const;
const HOUR_MS = 3_600_000;
const NET = usdt(9.9);

const repair = ({ devnet, services }: PayerWorld): void => {
  devnet.clearFaults();
  devnet.setToken({ paused: false, deprecated: false, basisPointsRate: 0, blacklist: [] });
  services.clock.set(Math.max(devnet.head().timestampMs, services.clock.now()));
};
/** What the owner reads: about the next payout, and about each that was decided. */
const ownerReads = async () => {
  await using served = await servePayer(t);
  const owner_id = t.world.services.registry.node(t.node.nodeId)?.ownerId ?? "";
  const client = served.as("anybody");
  const { waits } = await client.call("getOwner", { params: { owner_id } });
  const { items } = await client.call("listOwnerPayouts", { params: { owner_id }, query: {} });
  return { waits, payouts: items.map(({ why }) => why) };
};
const paid = () => t.world.devnet.transfers().map(({ amountMicro }) => amountMicro);
const node = (fault: Fault) => (world: PayerWorld) => void world.devnet.fault(fault);
const token = (change: TokenChange) => (world: PayerWorld) => world.devnet.setToken(change);

const ahead = ({ devnet, services }: PayerWorld): void => {
  services.clock.set(services.clock.now() + HOUR_MS);
  devnet.fault({ kind: "clock_skew", ms: -HOUR_MS });
};

/** What goes wrong before anything is decided, and what treasurer and owner read. */
const SHUT: readonly [what: string, happen: (world: PayerWorld) => void, words: RegExp][] = [
  ["a wrong API key", node({ kind: "key_refused" }), /HTTP status 401.* TRON_API_KEY is wrong/],
  ["too many questions", node({ kind: "rate_limited" }), /HTTP status 429.* too much is asked/],
  ["a page of HTML", node({ kind: "html" }), /not a .*<html>/],
  ["an empty answer", node({ kind: "empty_body" }), /could not be asked/],
  ["{} with status 200", node({ kind: "empty_object" }), /not a .*\{\}/],
  ["no answer", node({ kind: "down" }), /ECONNRESET/],
  ["nodes that are behind", node({ kind: "behind", blocks: 60 }), /more than 60 s older than this/],
  [
    "a clock that is an hour behind",
    node({ kind: "clock_skew", ms: HOUR_MS }),
    /set the clock right/,
  ],
  ["a clock that is an hour ahead", ahead, /the clock is wrong/],
  ["a paused token", token({ paused: true }), /the token contract is paused/],
  ["a token that was given up", token({ deprecated: true }), /the token contract is deprecated/],
  [
    "a wallet on the token's blacklist",
    (world) => world.devnet.setToken({ blacklist: [world.wallet] }),
    /the wallet is on the token's blacklist/,
  ],
  ["a token with a fee", token({ basisPointsRate: 1 }), /the token takes a fee of its own/],
];

describe("nothing is decided, in words, and the owner is paid once it is over, with", () => {
  it.each(SHUT)("%s", async (_, happen, words) => {
    t = await openDecisionWorld(10, CHAIN, { endpoints: 2 }, (world) => {
      world.devnet.mine(70);
      happen(world);
      world.devnet.mine(1);
      if (!world.devnet.faults.some(({ kind }) => kind === "clock_skew"))
        world.services.clock.set(world.devnet.head().timestampMs);
    });
    expect(await t.all()).toEqual([]);
    expect(t.payer.payouts.state()).toMatchObject({
      state: "waiting",
      reason: expect.stringMatching(words) as string,
    });
    const { waits } = await ownerReads();
    expect(waits).toMatch(words);
    expect(waits).toMatch(/^10.000000 USDT are due; payouts are waiting: .*looked at again every/);
    repair(t.world);
    await t.runs(3);
    expect(await t.all()).toMatchObject([{ state: "confirmed", attempt: 1 }]);
    expect(paid()).toEqual([NET]);
  });
});

const addressesOf = ({ services }: PayerWorld) =>
  services.registry.owners().map(({ address }) => address);

describe("nothing is sent to an address that its owner cannot move it from, as with", () => {
  it.each([
    [
      "one on the token's blacklist",
      (world: PayerWorld) => world.devnet.setToken({ blacklist: addressesOf(world) }),
      /^waits: the token's issuer lets nothing out of T.*lucid payouts cancel payout_/,
    ],
    [
      "an account that was given to another key",
      (world: PayerWorld) => {
        for (const recipient of addressesOf(world))
          world.devnet.fault({ kind: "key_moved", recipient });
      },
      /^waits: its own key alone does not control T\w+.*lucid node address change/,
    ],
  ])("%s", async (_, happen, words) => {
    t = await openDecisionWorld(10, CHAIN, { endpoints: 2 }, (world) => {
      happen(world);
      world.devnet.mine(1);
    });
    await t.runs(1);
    expect(await t.first()).toMatchObject({
      state: "approved",
      why: expect.stringMatching(words) as string,
    });
    repair(t.world);
    await t.runs(3);
    expect(await t.first()).toMatchObject({ state: "confirmed", attempt: 1 });
    expect(paid()).toEqual([NET]);
  });
});

type Sent = {
  readonly what: string;
  readonly fault?: Fault;
  /** From when it was sent. */
  readonly later?: Fault;
  readonly endpoints?: number;
  /** Stands before the second endpoint. */
  readonly second?: (port: ChainPort) => ChainPort;
  readonly state: string;
  readonly words: RegExp;
  /** What reached the recipient. */
  readonly arrived: readonly bigint[];
};

const otherResult = (port: ChainPort): ChainPort => ({
  ...port,
  receipt: async (txid) => {
    const found = await port.receipt(txid);
    return found.ok && found.value !== null
      ? { ok: true, value: { ...found.value, result: "REVERT" } }
      : found;
  },
});

/** What goes wrong with one that was sent, where it ends, and what people read. */
const SENT: readonly Sent[] = [
  {
    what: "one node of two that denies it",
    fault: { kind: "denies", node: "b" },
    state: "confirmed",
    words: /^Paid: 9.900000 USDT/,
    arrived: [NET],
  },
  {
    what: "the only node denying it",
    endpoints: 1,
    fault: { kind: "denies" },
    state: "broadcast",
    words:
      /not paid again before; with one endpoint a person decides: lucid payouts expire payout_/,
    arrived: [NET],
  },
  {
    what: "a transfer that never got in, and one node of two that does not say so",
    fault: { kind: "never_included" },
    later: { kind: "rate_limited", node: "b" },
    state: "broadcast",
    words: /waits for proof that it never got in: .*HTTP status 429/,
    arrived: [],
  },
  {
    what: "two nodes that show different ends",
    second: otherResult,
    state: "disputed",
    words: /^A person has to decide: the endpoints show different receipts/,
    arrived: [NET],
  },
  {
    what: "a fee that the token took meanwhile",
    fault: { kind: "fee_on" },
    state: "disputed",
    words: /^A person has to decide: transaction [0-9a-f]{64} moved .* where exactly 9.900000 USDT/,
    arrived: [],
  },
];

describe("what was sent ends in a state with words, and is never sent as another, with", () => {
  it.each(SENT)("$what", async ({ fault, later, endpoints = 2, ...row }) => {
    const { second, state, words, arrived } = row;
    let ports = 0;
    const chain = (port: ChainPort) =>
      ++ports === 2 && second !== undefined ? second(port) : port;
    t = await openDecisionWorld(10, CHAIN, { endpoints, chain }, ({ devnet }) => {
      if (fault !== undefined) devnet.fault(fault);
    });
    if (later !== undefined) t.world.devnet.fault(later);
    await t.world.mine(70);
    await t.runs(4);
    const [payout, ...others] = await t.all();
    expect(others).toEqual([]);
    expect(payout).toMatchObject({
      state,
      why: expect.stringMatching(words) as string,
      attempt: 1,
    });
    expect((await ownerReads()).payouts).toMatchObject([expect.stringMatching(words) as string]);
    expect(paid().filter((amount) => amount === NET)).toEqual(arrived);
    expect(await t.payer.ledger.verify()).toMatchObject({ ok: true });
  });

  it("a dispute, which names the command that ends it", async () => {
    t = await openDecisionWorld(10, CHAIN, {}, node({ kind: "fee_on" }));
    await t.runs(3);
    expect(t.payer.payouts.state()).toMatchObject({
      state: "stopped",
      reason: expect.stringMatching(
        /two people have to close it \(lucid payouts close\)/,
      ) as string,
    });
  });

  it("a recipient whose transfers always revert: tried four times, then it waits for a treasurer", async () => {
    t = await openDecisionWorld(10, CHAIN, {}, ({ devnet, services }) => {
      for (const { address } of services.registry.owners())
        devnet.fault({ kind: "reverted", recipient: address });
    });
    for (let time = 0; time < 5; time++) {
      await t.payer.payouts.request();
      await t.runs(2);
    }
    const all = await t.all();
    expect(all.map(({ state }) => state)).toEqual(Array.from({ length: 4 }, () => "failed"));
    expect((await ownerReads()).waits).toContain(`lucid payouts retry ${all[0]?.id} "<reason>"`);
    expect(await t.balance()).toBe(usdt(10));
  });
});
