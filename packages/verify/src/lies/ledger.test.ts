import { ownerAccount } from "@lucid/protocol";
import type { LedgerDraft } from "@lucid/protocol";
import { expect, test } from "vitest";
import {
  catchLie,
  createWorld,
  firstEntry,
  FIRST_EPOCH,
  fullPlan,
  without,
} from "../testing/world/index.ts";
import type { Lie, WorldOwner } from "../testing/world/index.ts";

const { nodes, owners } = createWorld({ ...fullPlan, blocks: 40 });
const [, stranger] = owners as [WorldOwner, WorldOwner];
const EPOCH = FIRST_EPOCH + 1;
/** the block with the results of `EPOCH`: after its cut at height 43 */
const SETTLED = 44;

const isReward = ({ key }: LedgerDraft) => key.startsWith(`reward:${FIRST_EPOCH}:`);

const lies: Lie[] = [
  ["a reward that is not entered", firstEntry(isReward, () => []), "reward.missing @ 21"],
  [
    "a ledger entry removed",
    without(
      ({ type, data }) =>
        type === "ledger_entry" && data.key === `reward:${EPOCH}:${nodes[0]?.nodeId}`,
    ),
    `ledger.seq @ ${SETTLED}`,
  ],
  [
    "a reward paid twice",
    firstEntry(isReward, (draft) => [draft, draft]),
    "reward.unexpected @ 21",
  ],
  [
    "a reward entered with one micro-USDT more",
    firstEntry(isReward, (draft) => [
      {
        ...draft,
        amountMicro: draft.amountMicro + 1n,
        contra: [{ account: "rewards", amountMicro: -draft.amountMicro - 1n }],
      },
    ]),
    "reward.amount @ 21",
  ],
  [
    "a reward for somebody else",
    firstEntry(
      (draft) => isReward(draft) && draft.account !== ownerAccount(stranger.ownerId),
      (draft) => [{ ...draft, account: ownerAccount(stranger.ownerId) }],
    ),
    "reward.account @ 21",
  ],
  [
    "a reward under another policy",
    firstEntry(isReward, (draft) => [{ ...draft, policy: 2 }]),
    "reward.content @ 21",
  ],
  [
    "an entry of tomorrow",
    firstEntry(isReward, (draft) => [{ ...draft, at: draft.at + 2000 }]),
    "ledger.at @ 21",
  ],
  [
    "an entry whose balance was altered",
    {
      records: (height, records) =>
        records.map((record) =>
          record.type === "ledger_entry" && height === 21
            ? { ...record, data: { ...record.data, balance_micro: "99000000" } }
            : record,
        ),
    },
    "ledger.balance_micro @ 21",
  ],
];

test.each<Lie>(lies)("caught: %s", async (_, lie, caught, plan) => {
  expect(await catchLie(lie, plan)).toBe(caught);
});
