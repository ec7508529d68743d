import { copyFileSync, rmSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { RECIPIENT } from "../../../tron-devnet/src/testing/network.ts";
import { acceptJournal, makeJournal, openJournal } from "./journal.ts";
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
const refused = (code: string): unknown => expect.objectContaining({ ok: false, code });
const fault = (code: string): unknown => expect.objectContaining({ code });
const mark = (): string => `${world.journalPath}.mark`;
const copy = (): string => `${world.journalPath}.copy`;

/** The journal goes back to the copy; its mark as well when the whole folder does. */
const putBack = ({ isFolder }: { isFolder: boolean }): void => {
  signer[Symbol.dispose]();
  copyFileSync(copy(), world.journalPath);
  if (isFolder) copyFileSync(`${copy()}.mark`, mark());
};
const keepCopy = (): void => {
  copyFileSync(world.journalPath, copy());
  copyFileSync(mark(), `${copy()}.mark`);
};

const pay = async (owner = world.owner("ann")) => {
  const entry = world.debit(owner);
  const request = await world.ask(entry);
  const answer = await signer.signing.sign(request);
  if (answer.ok) await world.chain.send(answer.signed);
  world.mine(4);
  return { entry, request, answer };
};

describe("a journal that was put back", () => {
  it("is not opened once its mark tells, or is gone, until a person accepts it", async () => {
    keepCopy();
    expect((await pay()).answer.ok).toBe(true);
    putBack({ isFolder: false });
    expect(() => world.start()).toThrow(fault("signer.journal.behind"));
    rmSync(mark());
    expect(() => world.start()).toThrow(fault("signer.journal.behind"));
    const accepted = { reason: "the disk is lost", at_ms: world.time.nowMs };
    acceptJournal(world.journalPath, world.binding, accepted);
    signer = world.start();
    const { answer } = await pay(world.owner("bob"));
    expect(answer).toEqual(refused("signer.journal_behind"));
  });

  it("is noticed by the wallet's Transfers, also when its mark was put back with it; a person says what they were", async () => {
    keepCopy();
    const lost = await pay();
    putBack({ isFolder: true });
    signer = world.start();
    const next = await pay(world.owner("bob"));
    expect(next.answer).toEqual(refused("signer.journal_behind"));
    expect(next.answer).toMatchObject({
      detail: expect.stringContaining(lost.request.txid) as string,
    });
    signer[Symbol.dispose]();
    {
      using journal = openJournal(world.journalPath, world.binding);
      const { txid, payout_id } = lost.request;
      journal.add("foreign", { txid, payout_id, reason: "it is hers", at_ms: world.time.nowMs });
    }
    signer = world.start();
    expect(await signer.signing.sign(await world.ask(lost.entry))).toEqual(refused("signer.paid"));
    expect((await signer.signing.sign(await world.ask(next.entry))).ok).toBe(true);
  });

  it("could have signed what is not in the chain yet: without a mark apart nothing new is signed until that is dead", async () => {
    const first = await pay();
    restart({ isMarkApart: false });
    expect(await signer.signing.sign(first.request)).toEqual(first.answer);
    const { entry, answer } = await pay(world.owner("bob"));
    expect(answer).toEqual(refused("signer.journal_unsure"));
    world.time.nowMs += 86_400_000;
    world.mine(5);
    expect((await signer.signing.sign(await world.ask(entry))).ok).toBe(true);
  });

  it("is not made anew while its mark says that there was one", () => {
    const opened = { ...world.binding, since_ms: 0, at_ms: 0 };
    expect(() => makeJournal(copy(), opened, mark())).toThrow(fault("signer.journal.exists"));
  });
});

it("a Transfer by somebody else who has the key stops the signer", async () => {
  expect((await pay()).answer.ok).toBe(true);
  const stolen = await world.transfer({ to: RECIPIENT, amountMicro: 1n });
  await world.chain.send(world.signer.sign(stolen));
  world.mine(4);
  expect((await pay(world.owner("bob"))).answer).toEqual(refused("signer.journal_behind"));
});
