import { describe, expect, it } from "vitest";
import { RECIPIENT } from "../../../tron-devnet/src/testing/network.ts";
import { txidOfSigned } from "../signed.ts";
import { useSigner } from "./testing/use-signer.ts";
import type { SignerProcess } from "./testing/world.ts";

const at = useSigner();
const sign = (request: Parameters<SignerProcess["signing"]["sign"]>[0]) =>
  at.signer.signing.sign(request);
const refused = (code: string): unknown => expect.objectContaining({ ok: false, code });

describe("the signer", () => {
  it("signs what the log decided, and the same bytes whenever it is asked again", async () => {
    const request = await at.world.ask(at.world.debit(at.world.owner("ann")));
    const first = await sign(request);
    expect(first.ok && txidOfSigned(first.signed)).toBe(request.txid);
    expect(await sign(request)).toEqual(first);
    at.restart();
    expect(await sign(request)).toEqual(first);
    expect(at.signer.signing.status()).toMatchObject({
      journal: { signed: 1 },
      caps: { day_count: { used: 1 } },
    });
    expect(await at.world.chain.send(first.ok ? first.signed : "")).toMatchObject({
      accepted: true,
    });
  });

  it("never signs an attempt as another transaction, whatever was put back meanwhile", async () => {
    const entry = at.world.debit(at.world.owner("ann"));
    expect((await sign(await at.world.ask(entry))).ok).toBe(true);
    at.world.mine(1);
    expect(await sign(await at.world.ask(entry))).toEqual(refused("signer.other_txid"));
    at.restart();
    expect(await sign(await at.world.ask(entry))).toEqual(refused("signer.other_txid"));
  });

  it("answers one of two requests that race for an attempt", async () => {
    const entry = at.world.debit(at.world.owner("ann"));
    const requests = [
      await at.world.ask(entry),
      await at.world.ask(entry, {}, { feeLimitSun: 51_000_000n }),
    ];
    const answers = await Promise.all(requests.map(sign));
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
  });
});

describe("a compromised payer", () => {
  it("names no recipient of its own", async () => {
    const entry = at.world.debit(at.world.owner("ann"));
    expect(await sign(await at.world.ask(entry, {}, { to: RECIPIENT }))).toEqual(
      refused("signer.debit_differs"),
    );
    const lying = await at.world.ask(entry, { recipient: entry.ref ?? "" }, { to: RECIPIENT });
    expect(await sign({ ...lying, recipient: entry.ref ?? "" })).toEqual(
      refused("signer.transfer"),
    );
  });

  it("seals no recipient of its own: the address is the one that the owner's wallet signed", async () => {
    const owner = at.world.owner("ann");
    const stolen = at.world.sealEntry(at.world.decide(owner, 10_000_000n, { ref: RECIPIENT }));
    expect(await sign(await at.world.ask(stolen))).toEqual(refused("signer.recipient"));
    const nobody = { ...owner, ownerId: `owner_${"a".repeat(26)}`, address: RECIPIENT };
    const invented = at.world.sealEntry(at.world.decide(nobody, 10_000_000n));
    expect(await sign(await at.world.ask(invented))).toEqual(refused("signer.recipient"));
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
    const entry = at.world.debit(at.world.owner("ann"));
    expect(await sign(await at.world.ask(entry, changes, transfer))).toEqual(refused(code));
    expect((await sign(await at.world.ask(entry))).ok).toBe(true);
  });

  it("signs for no other wallet, token or chain", async () => {
    const entry = at.world.debit(at.world.owner("ann"));
    const { raw_data, ...rest } = await at.world.ask(entry);
    const strangers = raw_data.replace(/41[0-9a-f]{40}/, `41${"33".repeat(20)}`);
    expect(await sign({ ...rest, raw_data: strangers })).toEqual(refused("signer.transfer"));
    const head = await at.world.chain.solidHead();
    if (!head.ok) throw new Error(head.reason);
    const { number } = head.value;
    const elsewhere = { number, id: number.toString(16).padStart(16, "0") + "cd".repeat(24) };
    const foreign = await at.world.ask(entry, {}, { refBlock: elsewhere });
    expect(await sign(foreign)).toEqual(refused("signer.chain"));
  });

  it("gets nothing more than the caps allow, also after a restart", async () => {
    at.restart({
      caps: {
        payoutMicro: 20_000_000n,
        hourMicro: 25_000_000n,
        dayMicro: 40_000_000n,
        dayCount: 3,
      },
    });
    const owner = at.world.owner("ann");
    const pay = async (gross: bigint) => sign(await at.world.ask(at.world.debit(owner, gross)));
    expect(await pay(21_000_000n)).toEqual(refused("signer.cap.payout"));
    expect((await pay(12_000_000n)).ok).toBe(true);
    expect((await pay(12_000_000n)).ok).toBe(true);
    expect(await pay(12_000_000n)).toEqual(refused("signer.cap.hour"));
    at.world.time.nowMs += 3_600_001;
    expect(await pay(18_000_000n)).toEqual(refused("signer.cap.day"));
    at.restart({ caps: { dayCount: 2 } });
    expect(await pay(10_000_000n)).toEqual(refused("signer.cap.count"));
    at.restart({ caps: { feeLimitSun: 49_000_000n } });
    expect(await pay(10_000_000n)).toEqual(refused("signer.cap.fee"));
    at.restart({ caps: { dayCount: 3 } });
    at.world.time.nowMs += 24 * 3_600_000;
    expect((await pay(10_000_000n)).ok).toBe(true);
  });

  it("gains no room in the caps from a clock that is set back", async () => {
    at.restart({ caps: { hourMicro: 15_000_000n } });
    const owner = at.world.owner("ann");
    const [first, second] = [at.world.debit(owner), at.world.debit(owner)];
    expect((await sign(await at.world.ask(first))).ok).toBe(true);
    at.world.time.nowMs -= 7_200_000;
    expect(await sign(await at.world.ask(second))).toEqual(refused("signer.expired"));
    expect(
      await sign(await at.world.ask(second, {}, { expirationMs: at.world.time.nowMs + 7_300_000 })),
    ).toEqual(refused("signer.cap.hour"));
  });

  it("asks in vain with an older fencing token, also after a restart", async () => {
    const owner = at.world.owner("ann");
    const request = await at.world.ask(at.world.debit(owner), { fence: 7 });
    const other = at.world.debit(owner);
    expect((await sign(request)).ok).toBe(true);
    expect(await sign({ ...request, fence: 6 })).toEqual(refused("signer.fence"));
    expect((await sign({ ...request, fence: 9 })).ok).toBe(true);
    at.restart();
    expect(await sign(await at.world.ask(other, { fence: 8 }))).toEqual(refused("signer.fence"));
    expect((await sign(await at.world.ask(other, { fence: 9 }))).ok).toBe(true);
  });

  it("asks in vain with books that are older than the journal", async () => {
    const owner = at.world.owner("ann");
    const [first, second] = [at.world.debit(owner), at.world.debit(owner)];
    const late = await at.world.ask(second);
    expect((await sign(late)).ok).toBe(true);
    expect(await sign(await at.world.ask(first))).toEqual(refused("signer.head"));
    const forked = { head_seq: second.seq, head_hash: "ab".repeat(32) };
    expect(await sign(await at.world.ask(first, forked))).toEqual(refused("signer.head"));
    const now = { head_seq: second.seq, head_hash: second.hash };
    expect((await sign(await at.world.ask(first, now))).ok).toBe(true);
  });
});
