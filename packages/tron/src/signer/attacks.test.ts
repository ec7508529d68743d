import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { RECIPIENT } from "../../../tron-devnet/src/testing/network.ts";
import { txidOfSigned } from "../signed.ts";
import { createSignerWorld, type SignerProcess, type SignerWorld } from "./testing/world.ts";

let world: SignerWorld;
let signer: SignerProcess;
beforeEach(async () => {
  world = await createSignerWorld();
  signer = world.start();
});
afterEach(async () => {
  signer[Symbol.dispose]();
  await world[Symbol.asyncDispose]();
});

const restart = (options?: Parameters<SignerWorld["start"]>[0]): void => {
  signer[Symbol.dispose]();
  signer = world.start(options);
};
const sign = (request: Parameters<SignerProcess["signing"]["sign"]>[0]) =>
  signer.signing.sign(request);
const refused = (code: string): unknown => expect.objectContaining({ ok: false, code });

describe("the signer", () => {
  it("signs what the log decided, and the same bytes whenever it is asked again", async () => {
    const request = await world.ask(world.debit(world.owner("ann")));
    const first = await sign(request);
    expect(first.ok && txidOfSigned(first.signed)).toBe(request.txid);
    expect(await sign(request)).toEqual(first);
    restart();
    expect(await sign(request)).toEqual(first);
    expect(signer.signing.status()).toMatchObject({
      journal: { signed: 1 },
      caps: { day_count: { used: 1 } },
    });
    expect(await world.chain.send(first.ok ? first.signed : "")).toMatchObject({ accepted: true });
  });

  it("never signs an attempt as another transaction, whatever was put back meanwhile", async () => {
    const entry = world.debit(world.owner("ann"));
    expect((await sign(await world.ask(entry))).ok).toBe(true);
    world.mine(1);
    expect(await sign(await world.ask(entry))).toEqual(refused("signer.other_txid"));
    restart();
    expect(await sign(await world.ask(entry))).toEqual(refused("signer.other_txid"));
  });

  it("answers one of two requests that race for an attempt", async () => {
    const entry = world.debit(world.owner("ann"));
    const requests = [
      await world.ask(entry),
      await world.ask(entry, {}, { feeLimitSun: 51_000_000n }),
    ];
    const answers = await Promise.all(requests.map(sign));
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
  });
});

describe("a compromised payer", () => {
  it("names no recipient of its own", async () => {
    const entry = world.debit(world.owner("ann"));
    expect(await sign(await world.ask(entry, {}, { to: RECIPIENT }))).toEqual(
      refused("signer.debit_differs"),
    );
    const lying = await world.ask(entry, { recipient: entry.ref ?? "" }, { to: RECIPIENT });
    expect(await sign({ ...lying, recipient: entry.ref ?? "" })).toEqual(
      refused("signer.transfer"),
    );
  });

  it("seals no recipient of its own: the address is the one that the owner's wallet signed", async () => {
    const owner = world.owner("ann");
    const stolen = world.sealEntry(world.decide(owner, 10_000_000n, { ref: RECIPIENT }));
    expect(await sign(await world.ask(stolen))).toEqual(refused("signer.recipient"));
    const nobody = { ...owner, ownerId: `owner_${"a".repeat(26)}`, address: RECIPIENT };
    const invented = world.sealEntry(world.decide(nobody, 10_000_000n));
    expect(await sign(await world.ask(invented))).toEqual(refused("signer.recipient"));
  });

  it.each([
    ["net_micro", { net_micro: "9900001" }, { amountMicro: 9_900_001n }, "signer.debit_differs"],
    ["raw_data", {}, { amountMicro: 9_900_001n }, "signer.debit_differs"],
    ["gross_micro", { gross_micro: "11000000" }, {}, "signer.debit_differs"],
    ["policy", { policy: 2 }, {}, "signer.debit_differs"],
    ["entry_hash", { entry_hash: "ab".repeat(32) }, {}, "signer.debit_differs"],
    ["payout_id", { payout_id: `payout_${"a".repeat(26)}` }, {}, "signer.debit_differs"],
    ["txid", { txid: "ab".repeat(32) }, {}, "signer.transfer"],
    ["seq", { seq: 7, head_seq: 7 }, {}, "signer.debit_missing"],
    ["account", { account: "fees" }, {}, "signer.debit_missing"],
  ])("gets no signature for another %s", async (_, changes, transfer, code) => {
    const entry = world.debit(world.owner("ann"));
    expect(await sign(await world.ask(entry, changes, transfer))).toEqual(refused(code));
    expect((await sign(await world.ask(entry))).ok).toBe(true);
  });

  it("signs for no other wallet, token or chain", async () => {
    const entry = world.debit(world.owner("ann"));
    const { raw_data, ...rest } = await world.ask(entry);
    const strangers = raw_data.replace(/41[0-9a-f]{40}/, `41${"33".repeat(20)}`);
    expect(await sign({ ...rest, raw_data: strangers })).toEqual(refused("signer.transfer"));
    const head = await world.chain.solidHead();
    if (!head.ok) throw new Error(head.reason);
    const { number } = head.value;
    const elsewhere = { number, id: number.toString(16).padStart(16, "0") + "cd".repeat(24) };
    const foreign = await world.ask(entry, {}, { refBlock: elsewhere });
    expect(await sign(foreign)).toEqual(refused("signer.chain"));
  });

  it("gets nothing more than the caps allow, also after a restart", async () => {
    restart({
      caps: {
        payoutMicro: 20_000_000n,
        hourMicro: 25_000_000n,
        dayMicro: 40_000_000n,
        dayCount: 3,
      },
    });
    const owner = world.owner("ann");
    const pay = async (gross: bigint) => sign(await world.ask(world.debit(owner, gross)));
    expect(await pay(21_000_000n)).toEqual(refused("signer.cap.payout"));
    expect((await pay(12_000_000n)).ok).toBe(true);
    expect((await pay(12_000_000n)).ok).toBe(true);
    expect(await pay(12_000_000n)).toEqual(refused("signer.cap.hour"));
    world.time.nowMs += 3_600_001;
    expect(await pay(18_000_000n)).toEqual(refused("signer.cap.day"));
    restart({ caps: { dayCount: 2 } });
    expect(await pay(10_000_000n)).toEqual(refused("signer.cap.count"));
    restart({ caps: { feeLimitSun: 49_000_000n } });
    expect(await pay(10_000_000n)).toEqual(refused("signer.cap.fee"));
    restart({ caps: { dayCount: 3 } });
    world.time.nowMs += 24 * 3_600_000;
    expect((await pay(10_000_000n)).ok).toBe(true);
  });

  it("gains no room in the caps from a clock that is set back", async () => {
    restart({ caps: { hourMicro: 15_000_000n } });
    const owner = world.owner("ann");
    const [first, second] = [world.debit(owner), world.debit(owner)];
    expect((await sign(await world.ask(first))).ok).toBe(true);
    world.time.nowMs -= 7_200_000;
    expect(await sign(await world.ask(second))).toEqual(refused("signer.expired"));
    expect(
      await sign(await world.ask(second, {}, { expirationMs: world.time.nowMs + 7_300_000 })),
    ).toEqual(refused("signer.cap.hour"));
  });

  it("asks in vain with an older fencing token, also after a restart", async () => {
    const owner = world.owner("ann");
    const request = await world.ask(world.debit(owner), { fence: 7 });
    const other = world.debit(owner);
    expect((await sign(request)).ok).toBe(true);
    expect(await sign({ ...request, fence: 6 })).toEqual(refused("signer.fence"));
    expect((await sign({ ...request, fence: 9 })).ok).toBe(true);
    restart();
    expect(await sign(await world.ask(other, { fence: 8 }))).toEqual(refused("signer.fence"));
    expect((await sign(await world.ask(other, { fence: 9 }))).ok).toBe(true);
  });

  it("asks in vain with books that are older than the journal", async () => {
    const owner = world.owner("ann");
    const [first, second] = [world.debit(owner), world.debit(owner)];
    const late = await world.ask(second);
    expect((await sign(late)).ok).toBe(true);
    expect(await sign(await world.ask(first))).toEqual(refused("signer.head"));
    const forked = { head_seq: second.seq, head_hash: "ab".repeat(32) };
    expect(await sign(await world.ask(first, forked))).toEqual(refused("signer.head"));
    const now = { head_seq: second.seq, head_hash: second.hash };
    expect((await sign(await world.ask(first, now))).ok).toBe(true);
  });
});
