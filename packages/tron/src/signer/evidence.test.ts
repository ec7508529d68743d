import { rmSync } from "node:fs";
import { join } from "node:path";
import { makeEntry, recordLeaf } from "@lucid/protocol";
import { describe, expect, it } from "vitest";
import { RECIPIENT } from "../../../tron-devnet/src/testing/network.ts";
import { useSigner } from "./testing/use-signer.ts";
import { type SignerProcess, SOLID_AFTER } from "./testing/world.ts";

const at = useSigner();
const sign = (request: Parameters<SignerProcess["signing"]["sign"]>[0]) =>
  at.signer.signing.sign(request);
const refused = (code: string): unknown => expect.objectContaining({ ok: false, code });

describe("a later attempt", () => {
  const second = { attempt: 2 };

  it("is signed once two endpoints proved that the one before is dead", async () => {
    const entry = at.world.debit(at.world.owner("ann"));
    const first = await at.world.ask(entry);
    expect((await sign(first)).ok).toBe(true);
    expect(await sign(await at.world.ask(entry, second))).toEqual(refused("signer.attempt_open"));
    at.world.mine(21 + SOLID_AFTER);
    const later = await at.world.ask(entry, second);
    expect((await sign(later)).ok).toBe(true);
    expect(await sign(await at.world.ask(entry, second, { feeLimitSun: 51_000_000n }))).toEqual(
      refused("signer.other_txid"),
    );
    at.restart();
    expect((await sign(later)).ok).toBe(true);
    expect(at.signer.signing.status()).toMatchObject({ caps: { day_count: { used: 1 } } });
  });

  it("is not signed when the one before got in, or one endpoint is all there is", async () => {
    const entry = at.world.debit(at.world.owner("ann"));
    const first = await sign(await at.world.ask(entry));
    await at.world.chain.send(first.ok ? first.signed : "");
    at.world.mine(21 + SOLID_AFTER);
    const answer = await sign(await at.world.ask(entry, second));
    expect(answer).toEqual(refused("signer.attempt_open"));
    expect(answer).toMatchObject({ detail: expect.stringContaining("it is in block") as string });
    at.restart({ chains: [at.world.chain] });
    expect(await sign(await at.world.ask(entry, second))).toMatchObject({
      code: "signer.attempt_open",
      detail: expect.stringContaining("two endpoints") as string,
    });
  });

  it("is not signed on the word of endpoints that leave blocks out", async () => {
    const entry = at.world.debit(at.world.owner("ann"));
    const first = await sign(await at.world.ask(entry));
    await at.world.chain.send(first.ok ? first.signed : "");
    at.world.mine(21 + SOLID_AFTER);
    const request = await at.world.ask(entry, second);
    const lying = {
      ...at.world.chain,
      solidBlocks: async (from: number, to: number) => {
        const blocks = await at.world.chain.solidBlocks(from, to);
        return blocks.ok
          ? { ...blocks, value: blocks.value.filter(({ txids }) => txids.length === 0) }
          : blocks;
      },
    };
    at.restart({ chains: [lying, lying] });
    expect(await sign(request)).toEqual(refused("signer.attempt_open"));
  });

  it("does not slip by while the first is being decided", async () => {
    const entry = at.world.debit(at.world.owner("ann"));
    const requests = [
      await at.world.ask(entry),
      await at.world.ask(entry, second, { feeLimitSun: 51_000_000n }),
    ];
    const answers = await Promise.all([...requests, ...requests.toReversed()].map(sign));
    const signed = answers.flatMap((answer) => (answer.ok ? [answer.signed] : []));
    expect(new Set(signed).size).toBe(1);
    expect(at.signer.signing.status().journal.signed).toBe(1);
  });

  it("closes the way back to an attempt that was never signed", async () => {
    const entry = at.world.debit(at.world.owner("ann"));
    expect((await sign(await at.world.ask(entry, second))).ok).toBe(true);
    expect(await sign(await at.world.ask(entry))).toEqual(refused("signer.attempt_order"));
  });
});

describe("the public log", () => {
  it("has to hold the debit, for as long as the settings say", async () => {
    at.restart({ delaySlots: 100 });
    const entry = at.world.decide(at.world.owner("ann"), 10_000_000n);
    expect(await sign(await at.world.ask(entry))).toEqual(refused("signer.debit_missing"));
    at.world.sealEntry(entry);
    expect(await sign(await at.world.ask(entry))).toEqual(refused("signer.debit_fresh"));
    at.world.time.nowMs += 100 * at.world.network.genesis.slot_ms;
    expect((await sign(await at.world.ask(entry))).ok).toBe(true);
  });

  it("is refused when it forgets, forks, or is another network's", async () => {
    const owner = at.world.owner("ann");
    const entry = at.world.debit(owner);
    at.world.seal();
    expect((await sign(await at.world.ask(entry))).ok).toBe(true);
    const next = at.world.debit(owner);
    const request = await at.world.ask(next);
    const all = [...at.world.drafts];
    at.world.drafts.length = 1;
    at.world.publish();
    expect(await sign(request)).toEqual(refused("signer.log"));
    at.world.drafts.push({ leaves: [], backlog: 1 }, ...all.slice(2));
    at.world.publish();
    expect(await sign(request)).toEqual(refused("signer.log"));
    at.world.drafts.splice(0, at.world.drafts.length, ...all);
    at.world.publish();
    expect((await sign(request)).ok).toBe(true);
    at.world.files.delete("network.json");
    expect(await sign(await at.world.ask(at.world.decide(owner, 10_000_000n)))).toEqual(
      refused("signer.log"),
    );
  });

  it("is refused from the record on that does not hold", async () => {
    const owner = at.world.owner("ann");
    const forged = { ...at.world.decide(owner, 10_000_000n), ref: RECIPIENT };
    at.world.sealEntry(forged);
    const answer = await sign(await at.world.ask(forged));
    expect(answer).toMatchObject({
      code: "signer.log",
      detail: expect.stringContaining("block 1") as string,
    });
    expect(await sign(await at.world.ask(at.world.debit(owner)))).toEqual(refused("signer.log"));
  });

  it("decides nothing from before the journal began", async () => {
    const owner = at.world.owner("ann");
    const entry = at.world.sealEntry(
      at.world.decide(owner, 10_000_000n, { at: at.world.openedMs - 1 }),
    );
    expect(await sign(await at.world.ask(entry))).toEqual(refused("signer.debit_old"));
  });

  it("closes what it shows as given back", async () => {
    const owner = at.world.owner("ann");
    const entry = at.world.debit(owner);
    const back = makeEntry(entry, {
      account: entry.account,
      key: entry.key.replace("payout", "payout_reversal"),
      amountMicro: -BigInt(entry.amount_micro),
      contra: entry.contra.map(({ account, amount_micro }) => ({
        account,
        amountMicro: -BigInt(amount_micro),
      })),
      ref: owner.address,
      policy: 1,
      at: entry.at,
    });
    at.world.seal([recordLeaf("ledger_entry", back)]);
    expect(await sign(await at.world.ask(entry))).toEqual(refused("signer.reversed"));
  });

  it("is read on from where it was left, and again from the start when what was kept is lost", async () => {
    const owner = at.world.owner("ann");
    const entry = at.world.debit(owner);
    expect((await sign(await at.world.ask(entry))).ok).toBe(true);
    at.restart();
    const next = at.world.debit(owner);
    expect((await sign(await at.world.ask(next))).ok).toBe(true);
    at.stop();
    for (const end of ["", "-wal", "-shm"])
      rmSync(join(at.world.dir, `log.sqlite${end}`), { force: true });
    at.start();
    expect((await sign(await at.world.ask(at.world.debit(owner)))).ok).toBe(true);
    expect(at.signer.signing.status().log).toMatchObject({ size: 4 });
  });
});
