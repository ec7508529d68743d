import type { LedgerDraft, PayoutRecord } from "@lucid/protocol";
import { expect, test } from "vitest";
import { catchLie, createWorld, firstEntry, fullPlan, without } from "../testing/world/index.ts";
import type { Lie, Lies, WorldOwner } from "../testing/world/index.ts";

const { owners } = createWorld({ ...fullPlan, blocks: 40 });
const [owner, stranger, , paid] = owners as [WorldOwner, WorldOwner, WorldOwner, WorldOwner];

const isPayout = ({ key }: LedgerDraft) => key.startsWith("payout:");
const isClose = ({ key }: LedgerDraft) => key.startsWith("adjustment:payout_");
const isReversal = ({ key }: LedgerDraft) => key.startsWith("payout_reversal:");

const states = (change: (record: PayoutRecord) => PayoutRecord): Lies => ({ payout: change });

const lies: Lie[] = [
  [
    "a payout to another address",
    firstEntry(isPayout, (draft) => [{ ...draft, ref: stranger.walletKey.slice(0, 34) }]),
    "payout.recipient @ 44",
  ],
  [
    "a payout record to another address than its debit",
    states((record) =>
      record.owner_id === owner.ownerId ? { ...record, recipient: stranger.address } : record,
    ),
    "payout.recipient @ 44",
  ],
  [
    "a payout dated back, to when another address was in force",
    firstEntry(isPayout, (draft) => [{ ...draft, at: draft.at - 8000 }]),
    "payout.dated_back @ 44",
  ],
  [
    "a lower fee than the policy's",
    firstEntry(isPayout, ({ contra: [net, fee], ...draft }) => [
      {
        ...draft,
        contra: [
          { account: "in_flight", amountMicro: (net?.amountMicro ?? 0n) + 1n },
          { account: "fees", amountMicro: (fee?.amountMicro ?? 0n) - 1n },
        ],
      },
    ]),
    "payout.fee @ 44",
  ],
  [
    "one transaction for two payouts",
    states((record) => (record.txid === undefined ? record : { ...record, txid: "ab".repeat(32) })),
    "payout.txid_twice @ 46",
  ],
  [
    "a payout that skips its approval",
    without(({ type, data }) => type === "payout" && data.state === "approved"),
    "payout.state @ 46",
  ],
  [
    "a payout nobody is told of",
    without(({ type, data }) => type === "payout" && data.owner_id === paid.ownerId),
    "payout.missing @ 44",
  ],
  [
    "a payout that was never debited",
    {
      records: (height, records) => {
        const [created] = records.filter(({ type }) => type === "payout");
        if (height !== 44 || created?.type !== "payout") return records;
        const data = { ...created.data, payout_id: `payout_${"a".repeat(26)}` };
        return [...records, { type: "payout", data }];
      },
    },
    "payout.no_debit @ 44",
  ],
  [
    "a cancelled payout that is kept",
    firstEntry(isReversal, () => []),
    "payout_reversal.missing @ 46",
  ],
  [
    "a paid payout that is given back as well",
    states((record) => (record.state === "failed" ? { ...record, state: "confirmed" } : record)),
    "payout_reversal.state @ 48",
  ],
  [
    "half of a cancelled payout given back",
    firstEntry(isReversal, (draft) => [
      {
        ...draft,
        amountMicro: draft.amountMicro - 1n,
        contra: draft.contra.map((line) =>
          line.account === "fees" ? { ...line, amountMicro: line.amountMicro + 1n } : line,
        ),
      },
    ]),
    "payout_reversal.content @ 47",
  ],
  [
    "a dispute closed with more than was taken",
    firstEntry(isClose, (draft) => [
      {
        ...draft,
        amountMicro: 80_000_000n,
        contra: [{ account: "rewards", amountMicro: -80_000_000n }],
      },
    ]),
    "payout_close.content @ 48",
  ],
  [
    "a paid payout closed as if it were disputed",
    states((record) => (record.state === "disputed" ? { ...record, state: "confirmed" } : record)),
    "payout_close.state @ 48",
  ],
  [
    "a dispute nobody is told of",
    without(({ type, data }) => type === "payout" && data.state === "disputed"),
    "payout_close.state @ 48",
  ],
  [
    "a cap of an hour exceeded",
    {},
    "cap.hour_cap_micro @ 45",
    { payout: { hour_cap_micro: "40000000" } },
  ],
  [
    "a cap of a day exceeded",
    {},
    "cap.day_cap_micro @ 45",
    { payout: { maximum_micro: "40000000", day_cap_micro: "40000000" } },
  ],
  [
    "a cap avoided by an approval of a day to come",
    states((record) =>
      record.state === "approved" ? { ...record, at: record.at + 86_400_000 } : record,
    ),
    "payout.at @ 45",
  ],
  [
    "a cap avoided by an approval of a day before the debit",
    states((record) =>
      record.state === "approved" ? { ...record, at: record.at - 86_400_000 } : record,
    ),
    "payout.at @ 45",
  ],
  ["a number a day exceeded", {}, "cap.day_count @ 45", { payout: { day_count: 3 } }],
  [
    "an owner's number a day exceeded",
    {},
    "cap.owner_day_count @ 49",
    { payout: { owner_day_count: 1 } },
  ],
  [
    "a payout signed before its delay",
    { signsAfter: 0 },
    "payout.unwitnessed @ 46",
    { payout: { unwitnessed_delay_slots: 4 } },
  ],
];

test.each<Lie>(lies)("caught: %s", async (_, lie, caught, plan) => {
  expect(await catchLie(lie, plan)).toBe(caught);
});
