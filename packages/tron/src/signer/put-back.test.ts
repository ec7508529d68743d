import { copyFileSync, rmSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { RECIPIENT } from "../../../tron-devnet/src/testing/network.ts";
import { acceptJournal, makeJournal, openJournal } from "./journal.ts";
import { useSigner } from "./testing/use-signer.ts";

const at = useSigner();
const refused = (code: string): unknown => expect.objectContaining({ ok: false, code });
const fault = (code: string): unknown => expect.objectContaining({ code });
const mark = (): string => `${at.world.journalPath}.mark`;
const copy = (): string => `${at.world.journalPath}.copy`;

/** The journal goes back to the copy; its mark as well when the whole folder does. */
const putBack = ({ isFolder }: { isFolder: boolean }): void => {
  at.stop();
  copyFileSync(copy(), at.world.journalPath);
  if (isFolder) copyFileSync(`${copy()}.mark`, mark());
};
const keepCopy = (): void => {
  copyFileSync(at.world.journalPath, copy());
  copyFileSync(mark(), `${copy()}.mark`);
};

const pay = async (owner = at.world.owner("ann")) => {
  const entry = at.world.debit(owner);
  const request = await at.world.ask(entry);
  const answer = await at.signer.signing.sign(request);
  if (answer.ok) await at.world.chain.send(answer.signed);
  at.world.mine(4);
  return { entry, request, answer };
};

describe("a journal that was put back", () => {
  it("is not opened once its mark tells, or is gone, until a person accepts it", async () => {
    keepCopy();
    expect((await pay()).answer.ok).toBe(true);
    putBack({ isFolder: false });
    expect(() => at.world.start()).toThrow(fault("signer.journal.behind"));
    rmSync(mark());
    expect(() => at.world.start()).toThrow(fault("signer.journal.behind"));
    const accepted = { reason: "the disk is lost", at_ms: at.world.time.nowMs };
    acceptJournal(at.world.journalPath, at.world.binding, accepted);
    at.start();
    const { answer } = await pay(at.world.owner("bob"));
    expect(answer).toEqual(refused("signer.journal_behind"));
  });

  it("is noticed by the wallet's Transfers, also when its mark was put back with it; a person says what they were", async () => {
    keepCopy();
    const lost = await pay();
    putBack({ isFolder: true });
    at.start();
    const next = await pay(at.world.owner("bob"));
    expect(next.answer).toEqual(refused("signer.journal_behind"));
    expect(next.answer).toMatchObject({
      detail: expect.stringContaining(lost.request.txid) as string,
    });
    at.stop();
    {
      using journal = openJournal(at.world.journalPath, at.world.binding);
      const { txid, payout_id } = lost.request;
      journal.add("foreign", { txid, payout_id, reason: "it is hers", at_ms: at.world.time.nowMs });
    }
    at.start();
    expect(await at.signer.signing.sign(await at.world.ask(lost.entry))).toEqual(
      refused("signer.paid"),
    );
    expect((await at.signer.signing.sign(await at.world.ask(next.entry))).ok).toBe(true);
  });

  it("could have signed what is not in the chain yet: without a mark apart nothing new is signed until that is dead", async () => {
    const first = await pay();
    at.restart({ isMarkApart: false });
    expect(await at.signer.signing.sign(first.request)).toEqual(first.answer);
    const { entry, answer } = await pay(at.world.owner("bob"));
    expect(answer).toEqual(refused("signer.journal_unsure"));
    at.world.time.nowMs += 86_400_000;
    at.world.mine(5);
    expect((await at.signer.signing.sign(await at.world.ask(entry))).ok).toBe(true);
  });

  it("is not made anew while its mark says that there was one", () => {
    const opened = { ...at.world.binding, since_ms: 0, at_ms: 0 };
    expect(() => makeJournal(copy(), opened, mark())).toThrow(fault("signer.journal.exists"));
  });
});

it("a Transfer by somebody else who has the key stops the signer", async () => {
  expect((await pay()).answer.ok).toBe(true);
  const stolen = await at.world.transfer({ to: RECIPIENT, amountMicro: 1n });
  await at.world.chain.send(at.world.signer.sign(stolen));
  at.world.mine(4);
  expect((await pay(at.world.owner("bob"))).answer).toEqual(refused("signer.journal_behind"));
});
