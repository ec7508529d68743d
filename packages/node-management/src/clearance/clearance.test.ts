import type { ChainPort } from "@lucid/tron";
import { afterEach, describe, expect, it } from "vitest";
import {
  type Between,
  createPayerWorld,
  type PayerProcess,
  type PayerWorld,
} from "../testing/payer-world.ts";
import type { PayerSetup } from "./contract.ts";

const running: PayerWorld[] = [];
afterEach(async () => {
  for (const world of running.splice(0)) await world[Symbol.asyncDispose]();
});

const caps = {
  payout_usdt: "1000.000000",
  hour: { used_usdt: "0.000000", cap_usdt: "1000.000000" },
  day: { used_usdt: "0.000000", cap_usdt: "1000.000000" },
  day_count: { used: 0, cap: 100 },
};

const statusOf = ({ devnet, services, wallet }: PayerWorld) => ({
  address: wallet,
  network_id: services.network.networkId,
  chain: devnet.genesisBlockId,
  token: devnet.token,
  endpoints: 2,
  journal: { since: "2026-01-01T00:00:00.000Z" },
  log: { problem: null },
  caps,
});

type Status = ReturnType<typeof statusOf>;
type Changes = Partial<Omit<PayerSetup, "signer">> & {
  readonly uid?: number | null;
  readonly status?: (status: Status) => unknown;
};

/** Everything as mainnet needs it, with changes. */
const setUp = (world: PayerWorld, { uid = 990, status = (s) => s, ...changes }: Changes = {}) => ({
  requiresCheck: true,
  hosts: ["one.example", "two.example"],
  historyHost: "three.example",
  signer: {
    socketPath: "/run/signer.sock",
    uid: () => uid,
    status: async () => status(statusOf(world)),
  },
  ourUid: 991,
  readableKeys: () => [],
  ...changes,
});

const reason = "the treasury is funded";
const clearanceOf = ({ clearance }: PayerProcess) => {
  if (clearance === null) throw new Error("it has no set-up");
  return clearance;
};
const enable = (process: PayerProcess) => clearanceOf(process).enable({ by: "ann", reason });

const open = async (options: Parameters<typeof createPayerWorld>[0] = {}): Promise<PayerWorld> => {
  const world = await createPayerWorld({ ...options, chain: "in memory" });
  running.push(world);
  return world;
};

/** A process with a due owner, and how often it was asked to sign. */
const startDue = async (world: PayerWorld, between: Between) => {
  await world.earn(await world.owner("ann"), 20_000_000n);
  let signatures = 0;
  const process = world.start({
    endpoints: 2,
    signer: (signer) => ({
      ...signer,
      sign: (...asked) => {
        signatures += 1;
        return signer.sign(...asked);
      },
    }),
    ...between,
  });
  return { process, signatures: () => signatures };
};

it("is off until somebody enables it, then pays, and every change of the set-up turns it off again", async () => {
  const world = await open();
  let changes: Changes = {};
  const setup: PayerSetup = {
    ...setUp(world),
    get signer() {
      return setUp(world, changes).signer;
    },
    get hosts() {
      return setUp(world, changes).hosts;
    },
  };
  const { process, signatures } = await startDue(world, { setup });
  await process.run();
  expect(process.payouts.state()).toMatchObject({
    state: "stopped",
    reason: expect.stringContaining("nobody has enabled it yet") as string,
  });

  expect(await enable(process)).toMatchObject({
    outcome: "enabled",
    decision: { by: "ann", reason, checks: expect.arrayContaining([]) as object[] },
  });
  expect((await clearanceOf(process).status()).decision?.checks).toHaveLength(7);
  expect(await enable(process)).toMatchObject({ outcome: "present" });
  await world.finish(process);
  expect(await process.payouts.countByState()).toMatchObject({ confirmed: 1 });
  const signed = signatures();
  expect(signed).toBeGreaterThan(0);

  const changed: [Changes, string][] = [
    [{ hosts: ["one.example", "new.example"] }, "the endpoints was"],
    [{ uid: 989 }, "the signer's user id was 990 and is 989"],
    [{ uid: null }, "there is no socket"],
    [{ status: (s) => ({ ...s, journal: { since: "later" } }) }, "the signer's journal was"],
    [{ uid: 991 }, "our own user id 991"],
  ];
  for (const [change, words] of changed) {
    changes = change;
    expect((await clearanceOf(process).status()).off).toContain(words);
    expect(await clearanceOf(process).gate()).toMatchObject({ state: "stopped" });
  }
  changes = {};
  expect((await clearanceOf(process).status()).off).toBeNull();
});

it("asks nothing of a chain where money is not real", async () => {
  const world = await open();
  const { process } = await startDue(world, { setup: { ...setUp(world), requiresCheck: false } });
  expect(await clearanceOf(process).status()).toEqual({
    required: false,
    off: null,
    decision: null,
  });
  await world.finish(process);
  expect(await process.payouts.countByState()).toMatchObject({ confirmed: 1 });
});

const unread = { ok: false as const, code: "unreachable" as const, reason: "refused" };
const second = (change: (port: ChainPort) => Partial<ChainPort>) => {
  let nth = 0;
  return (port: ChainPort): ChainPort => (nth++ === 0 ? port : { ...port, ...change(port) });
};

type Case = {
  readonly check: string;
  /** Another check that cannot be made then. */
  readonly also?: string;
  readonly changes?: Changes;
  readonly setup?: Partial<PayerSetup>;
  readonly chain?: (port: ChainPort) => ChainPort;
  readonly world?: Parameters<typeof createPayerWorld>[0];
  readonly before?: (world: PayerWorld) => Promise<unknown>;
};

const cases: Record<string, Case> = {
  "one endpoint": { check: "endpoints", changes: { hosts: ["one.example", "one.example"] } },
  "an endpoint of another chain": {
    check: "endpoints",
    chain: second(() => ({ genesisBlockId: async () => ({ ok: true, value: "ab".repeat(32) }) })),
  },
  "an endpoint that does not answer": {
    check: "endpoints",
    chain: second(() => ({ genesisBlockId: async () => unread })),
  },
  "endpoints that disagree": {
    check: "endpoints",
    also: "books",
    chain: second((port) => ({
      solidBlocks: async (from, to) => {
        const blocks = await port.solidBlocks(from, to);
        if (!blocks.ok) return blocks;
        return {
          ok: true,
          value: blocks.value.map((block) => ({ ...block, id: "cd".repeat(32) })),
        };
      },
    })),
  },
  "no account history": { check: "history", changes: { historyHost: null } },
  "an account history that does not answer": {
    check: "history",
    also: "books",
    chain: (port) => ({ ...port, historyOut: async () => unread }),
  },
  "a clock that is off": {
    check: "clock",
    before: ({ services }) => services.clock.advance(61_000),
  },
  "the key in this process": { check: "signer", also: "caps", setup: { signer: null } },
  "a signer under our own user": { check: "signer", changes: { uid: 991 } },
  "a service that runs as root": { check: "signer", changes: { ourUid: 0 } },
  "a key that the service can read": {
    check: "signer",
    changes: { readableKeys: () => ["/data/keys/treasury.key"] },
  },
  "no signer": { check: "signer", also: "caps", changes: { uid: null } },
  "a signer that does not answer": {
    check: "signer",
    also: "caps",
    changes: {
      status: () => {
        throw new Error("it hung up");
      },
    },
  },
  "a signer of another wallet": {
    check: "signer",
    changes: { status: (s) => ({ ...s, address: "TXYZopYRdj2D9XRtbG411XZZ3kM5VkAeBf" }) },
  },
  "a signer of another network": {
    check: "signer",
    changes: { status: (s) => ({ ...s, network_id: "ab".repeat(32) }) },
  },
  "a signer with one endpoint": {
    check: "signer",
    changes: { status: (s) => ({ ...s, endpoints: 1 }) },
  },
  "a signer that cannot read the log": {
    check: "signer",
    changes: { status: (s) => ({ ...s, log: { problem: "it forks" } }) },
  },
  "a policy without caps": {
    check: "caps",
    world: { rules: { hour_cap_micro: "100000000000000", day_cap_micro: "100000000000000" } },
  },
  "a signer without caps": {
    check: "caps",
    changes: {
      status: (s) => ({ ...s, caps: { ...caps, day: { ...caps.day, cap_usdt: "0.000000" } } }),
    },
  },
  "money that left and is in no book": {
    check: "books",
    before: (world) => world.move("wallet", world.stranger, 1_000_000n),
  },
  "too little USDT": { check: "funds", world: { usdtMicro: 19_000_000n } },
  "too little TRX": { check: "funds", world: { trxSun: 1_000_000n } },
};

describe("enabling is refused, and nothing is signed, with", () => {
  it.each(Object.entries(cases))("%s", async (_, given) => {
    const world = await open(given.world);
    const setup = { ...setUp(world, given.changes), ...given.setup };
    const { process, signatures } = await startDue(world, {
      setup,
      ...(given.chain !== undefined && { chain: given.chain }),
    });
    await given.before?.(world);
    const verdict = await enable(process);
    if (verdict.outcome !== "refused") throw new Error(`it was ${verdict.outcome}`);
    const wrong = verdict.checks.filter(({ state }) => state !== "ok");
    expect(wrong.map(({ name }) => name)).toEqual([
      given.check,
      ...(given.also === undefined ? [] : [given.also]),
    ]);
    await process.run();
    expect(signatures()).toBe(0);
    expect((await clearanceOf(process).status()).decision).toBeNull();
  });
});

it("a signature is refused when the set-up changes after the gate was open", async () => {
  const world = await open();
  let uid: number | null = 990;
  const setup: PayerSetup = {
    ...setUp(world),
    get signer() {
      return setUp(world, { uid }).signer;
    },
  };
  const { process, signatures } = await startDue(world, {
    setup,
    chain: (port) => ({
      ...port,
      buildTransfer: (transfer) => {
        uid = null;
        return port.buildTransfer(transfer);
      },
    }),
  });
  await enable(process);
  await process.run();
  const { items } = await process.payouts.list({ page: 1, limit: 1 });
  expect(items[0]).toMatchObject({
    state: "signed",
    why: expect.stringContaining("signing on local is off: the signer does not answer") as string,
  });
  expect(signatures()).toBe(0);
  await world.mine(1);
  await process.run();
  expect(process.payouts.state()).toMatchObject({ state: "stopped" });
});
