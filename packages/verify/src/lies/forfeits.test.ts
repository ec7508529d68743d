import { ownerAccount } from "@lucid/protocol";
import type { LedgerDraft, LedgerEntry } from "@lucid/protocol";
import { expect, test } from "vitest";
import {
  catchLie,
  createWorld,
  firstEntry,
  FIRST_EPOCH,
  fullPlan,
  verifyWorld,
} from "../testing/world/index.ts";
import type { Lie, Lies, WorldOwner } from "../testing/world/index.ts";

const plan = { blocks: 60 };
const [owner] = createWorld({ ...fullPlan, blocks: 1 }).owners as [WorldOwner];
const DECISION = `hold_${"a".repeat(26)}`;
const KEY = `forfeit:${DECISION}`;
/** the block with the first rewards */
const SETTLED = 21;

const isReward = ({ account, key }: LedgerDraft) =>
  account === ownerAccount(owner.ownerId) && key.startsWith(`reward:${FIRST_EPOCH}:`);

/** What two people took from a reward that an owner had just earned. */
const forfeitOf = ({ account, amountMicro, policy, at }: LedgerDraft): LedgerDraft => ({
  account,
  key: KEY,
  amountMicro: -amountMicro / 2n,
  contra: [{ account: "forfeited", amountMicro: amountMicro / 2n }],
  ref: DECISION,
  policy,
  at,
});

const forfeiting = (change: (draft: LedgerDraft) => LedgerDraft[] = (draft) => [draft]): Lies =>
  firstEntry(isReward, (draft) => [draft, ...change(forfeitOf(draft))]);

/** The forfeit stands in the log as `change` leaves it; nothing that follows is made again. */
const writtenAs = (change: (entry: LedgerEntry) => Partial<LedgerEntry>): Lies => ({
  ...forfeiting(),
  records: (_, records) =>
    records.map((record) =>
      record.type === "ledger_entry" && record.data.key === KEY
        ? { ...record, data: { ...record.data, ...change(record.data) } }
        : record,
    ),
});

/** A micro-USDT more than the balance. */
const tooMuch = (balance_micro: string): Lies =>
  writtenAs(({ amount_micro, balance_micro: left }) => {
    const amountMicro = BigInt(amount_micro) - BigInt(left) - 1n;
    const contra = [{ account: "forfeited", amount_micro: (-amountMicro).toString() }];
    return { amount_micro: amountMicro.toString(), balance_micro, contra };
  });

test("what two people took is followed, as their word", async () => {
  const honest = await verifyWorld({}, plan);
  const report = await verifyWorld(forfeiting(), plan);
  expect(report.first_mismatch).toBeNull();
  const { decisions_about_pay: before = 0 } = honest.attested;
  expect(report.attested.decisions_about_pay).toBe(before + 1);
});

const lies: Lie[] = [
  ["a forfeit of more than the owner had", tooMuch("-1"), `ledger.negative @ ${SETTLED}`],
  ["the same with a balance of zero", tooMuch("0"), `ledger.negative @ ${SETTLED}`],
  [
    "a forfeit that becomes a fee",
    forfeiting((draft) => [
      { ...draft, contra: [{ account: "fees", amountMicro: -draft.amountMicro }] },
    ]),
    `ledger.contra @ ${SETTLED}`,
  ],
  [
    "a forfeit from an owner who has nothing",
    writtenAs(() => ({ account: `owner:owner_${"b".repeat(32)}` })),
    `ledger.negative @ ${SETTLED}`,
  ],
  [
    "a forfeit that gives",
    writtenAs(({ amount_micro }) => ({
      amount_micro: amount_micro.slice(1),
      contra: [{ account: "forfeited", amount_micro }],
    })),
    `ledger.sign @ ${SETTLED}`,
  ],
  [
    "a second forfeit under the key of the first, with another amount",
    forfeiting((draft) => [
      draft,
      {
        ...draft,
        amountMicro: -1n,
        contra: [{ account: "forfeited", amountMicro: 1n }],
      },
    ]),
    `ledger.key @ ${SETTLED}`,
  ],
  [
    "a forfeit that names another decision than its key",
    forfeiting((draft) => [{ ...draft, ref: `hold_${"b".repeat(26)}` }]),
    `ledger.ref @ ${SETTLED}`,
  ],
  [
    "a forfeit under a policy that did not rule",
    forfeiting((draft) => [{ ...draft, policy: 2 }]),
    `ledger.policy @ ${SETTLED}`,
  ],
];

test.each<Lie>(lies)("caught: %s", async (_, lie, caught) => {
  expect(await catchLie(lie, plan)).toBe(caught);
});
