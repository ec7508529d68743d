import { rmSync } from "node:fs";
import { join } from "node:path";
import { makeEntry, recordLeaf } from "@lucid/protocol";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { RECIPIENT } from "../../../tron-devnet/src/testing/network.ts";
import {
  createSignerWorld,
  type SignerProcess,
  type SignerWorld,
  SOLID_AFTER,
} from "./testing/world.ts";

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

describe("a later attempt", () => {
  const second = { attempt: 2 };

  it("is signed once two endpoints proved that the one before is dead", async () => {
    const entry = world.debit(world.owner("ann"));
    const first = await world.ask(entry);
    expect((await sign(first)).ok).toBe(true);
    expect(await sign(await world.ask(entry, second))).toEqual(refused("signer.attempt_open"));
    world.mine(21 + SOLID_AFTER);
    const later = await world.ask(entry, second);
    expect((await sign(later)).ok).toBe(true);
    expect(await sign(await world.ask(entry, second, { feeLimitSun: 51_000_000n }))).toEqual(
      refused("signer.other_txid"),
    );
    restart();
    expect((await sign(later)).ok).toBe(true);
    expect(signer.signing.status()).toMatchObject({ caps: { day_count: { used: 1 } } });
  });

  it("is not signed when the one before got in, or one endpoint is all there is", async () => {
    const entry = world.debit(world.owner("ann"));
    const first = await sign(await world.ask(entry));
    await world.chain.send(first.ok ? first.signed : "");
    world.mine(21 + SOLID_AFTER);
    const answer = await sign(await world.ask(entry, second));
    expect(answer).toEqual(refused("signer.attempt_open"));
    expect(answer).toMatchObject({ detail: expect.stringContaining("it is in block") as string });
    restart({ chains: [world.chain] });
    expect(await sign(await world.ask(entry, second))).toMatchObject({
      code: "signer.attempt_open",
      detail: expect.stringContaining("two endpoints") as string,
    });
  });

  it("is not signed on the word of endpoints that leave blocks out", async () => {
    const entry = world.debit(world.owner("ann"));
    const first = await sign(await world.ask(entry));
    await world.chain.send(first.ok ? first.signed : "");
    world.mine(21 + SOLID_AFTER);
    const request = await world.ask(entry, second);
    const lying = {
      ...world.chain,
      solidBlocks: async (from: number, to: number) => {
        const blocks = await world.chain.solidBlocks(from, to);
        return blocks.ok
          ? { ...blocks, value: blocks.value.filter(({ txids }) => txids.length === 0) }
          : blocks;
      },
    };
    restart({ chains: [lying, lying] });
    expect(await sign(request)).toEqual(refused("signer.attempt_open"));
  });

  it("does not slip by while the first is being decided", async () => {
    const entry = world.debit(world.owner("ann"));
    const requests = [
      await world.ask(entry),
      await world.ask(entry, second, { feeLimitSun: 51_000_000n }),
    ];
    const answers = await Promise.all([...requests, ...requests.toReversed()].map(sign));
    const signed = answers.flatMap((answer) => (answer.ok ? [answer.signed] : []));
    expect(new Set(signed).size).toBe(1);
    expect(signer.signing.status().journal.signed).toBe(1);
  });

  it("closes the way back to an attempt that was never signed", async () => {
    const entry = world.debit(world.owner("ann"));
    expect((await sign(await world.ask(entry, second))).ok).toBe(true);
    expect(await sign(await world.ask(entry))).toEqual(refused("signer.attempt_order"));
  });
});

describe("the public log", () => {
  it("has to hold the debit, for as long as the settings say", async () => {
    restart({ delaySlots: 100 });
    const entry = world.decide(world.owner("ann"), 10_000_000n);
    expect(await sign(await world.ask(entry))).toEqual(refused("signer.debit_missing"));
    world.sealEntry(entry);
    expect(await sign(await world.ask(entry))).toEqual(refused("signer.debit_fresh"));
    world.time.nowMs += 100 * world.network.genesis.slot_ms;
    expect((await sign(await world.ask(entry))).ok).toBe(true);
  });

  it("is refused when it forgets, forks, or is another network's", async () => {
    const owner = world.owner("ann");
    const entry = world.debit(owner);
    world.seal();
    expect((await sign(await world.ask(entry))).ok).toBe(true);
    const next = world.debit(owner);
    const request = await world.ask(next);
    const all = [...world.drafts];
    world.drafts.length = 1;
    world.publish();
    expect(await sign(request)).toEqual(refused("signer.log"));
    world.drafts.push({ leaves: [], backlog: 1 }, ...all.slice(2));
    world.publish();
    expect(await sign(request)).toEqual(refused("signer.log"));
    world.drafts.splice(0, world.drafts.length, ...all);
    world.publish();
    expect((await sign(request)).ok).toBe(true);
    world.files.delete("network.json");
    expect(await sign(await world.ask(world.decide(owner, 10_000_000n)))).toEqual(
      refused("signer.log"),
    );
  });

  it("is refused from the record on that does not hold", async () => {
    const owner = world.owner("ann");
    const forged = { ...world.decide(owner, 10_000_000n), ref: RECIPIENT };
    world.sealEntry(forged);
    const answer = await sign(await world.ask(forged));
    expect(answer).toMatchObject({
      code: "signer.log",
      detail: expect.stringContaining("block 1") as string,
    });
    expect(await sign(await world.ask(world.debit(owner)))).toEqual(refused("signer.log"));
  });

  it("decides nothing from before the journal began", async () => {
    const owner = world.owner("ann");
    const entry = world.sealEntry(world.decide(owner, 10_000_000n, { at: world.openedMs - 1 }));
    expect(await sign(await world.ask(entry))).toEqual(refused("signer.debit_old"));
  });

  it("closes what it shows as given back", async () => {
    const owner = world.owner("ann");
    const entry = world.debit(owner);
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
    world.seal([recordLeaf("ledger_entry", back)]);
    expect(await sign(await world.ask(entry))).toEqual(refused("signer.reversed"));
  });

  it("is read on from where it was left, and again from the start when what was kept is lost", async () => {
    const owner = world.owner("ann");
    const entry = world.debit(owner);
    expect((await sign(await world.ask(entry))).ok).toBe(true);
    restart();
    const next = world.debit(owner);
    expect((await sign(await world.ask(next))).ok).toBe(true);
    signer[Symbol.dispose]();
    for (const end of ["", "-wal", "-shm"])
      rmSync(join(world.dir, `log.sqlite${end}`), { force: true });
    signer = world.start();
    expect((await sign(await world.ask(world.debit(owner)))).ok).toBe(true);
    expect(signer.signing.status().log).toMatchObject({ size: 4 });
  });
});
