import { createBitmap } from "@lucid/protocol";
import type { EpochResult, SettlementInput } from "@lucid/protocol";
import { expect, test } from "vitest";
import {
  catchLie,
  changeFirst,
  createWorld,
  FIRST_EPOCH,
  fullPlan,
  lieAboutResult,
  without,
} from "../testing/world/index.ts";
import type { Lie, Lies } from "../testing/world/index.ts";

const { nodes } = createWorld({ ...fullPlan, blocks: 40 });
const LATE = nodes[fullPlan.approval.node]?.nodeId;
const EPOCH = FIRST_EPOCH + 1;
/** the block with the results of `EPOCH`: after its cut at height 43 */
const SETTLED = 44;

const ofEpoch =
  (epoch: number, change: (input: SettlementInput) => Partial<SettlementInput>) =>
  (input: SettlementInput): SettlementInput =>
    input.epoch === epoch ? { ...input, ...change(input) } : input;

const result = (change: (result: EpochResult) => Partial<EpochResult>): Lies => ({
  result: lieAboutResult(EPOCH, changeFirst(change)),
});

const lies: Lie[] = [
  [
    "wrong credits",
    result(({ credits }) => ({ credits: credits + 100 })),
    `epoch_result.credits @ ${SETTLED}`,
  ],
  [
    "a score off by one basis point",
    result(({ score }) => ({ score: score + 1 })),
    `epoch_result.score @ ${SETTLED}`,
  ],
  [
    "a reward off by one micro-USDT",
    {
      result: lieAboutResult(
        EPOCH,
        ([a, b, ...rest]) => [
          { ...(a as EpochResult), reward_micro: (BigInt(a?.reward_micro ?? 0) + 1n).toString() },
          { ...(b as EpochResult), reward_micro: (BigInt(b?.reward_micro ?? 0) - 1n).toString() },
          ...rest,
        ],
        { isRepaid: false },
      ),
    },
    `epoch_result.reward_micro @ ${SETTLED}`,
  ],
  [
    "a result left out",
    { result: lieAboutResult(EPOCH, ([, ...rest]) => rest, { isRepaid: false }) },
    `epoch_result.missing @ ${SETTLED}`,
  ],
  [
    "a standing dated back",
    {
      evidence: ofEpoch(FIRST_EPOCH, ({ nodes: all }) => ({
        nodes: all.map((node) =>
          node.node_id === LATE
            ? { ...node, active: (all[0] as (typeof all)[number]).active }
            : node,
        ),
      })),
    },
    "epoch_result.eligible @ 21",
  ],
  [
    "a silence that is hidden",
    {
      evidence: ofEpoch(EPOCH, ({ excused }) => ({ excused: createBitmap(8 * excused.length) })),
    },
    `epoch_result.eligible @ ${SETTLED}`,
  ],
  [
    "a silence that was none",
    {
      evidence: ofEpoch(EPOCH, ({ excused }) => ({ excused: excused.map(() => 0xff) })),
    },
    `epoch_result.eligible @ ${SETTLED}`,
  ],
  [
    "a deaf excuse that stands nowhere",
    without(({ type }) => type === "excuse"),
    "epoch_result.eligible @ 21",
  ],
  [
    "a budget that is not prorated",
    { evidence: ofEpoch(FIRST_EPOCH, () => ({ deafEmptySlots: 0 })) },
    "epoch_result.reward_micro @ 21",
  ],
  [
    "another budget in what closes an epoch",
    {
      result: (honest, { epoch }) =>
        epoch === EPOCH
          ? { ...honest, closed: { ...honest.closed, budget_micro: "60000001" } }
          : honest,
    },
    `epoch_closed.budget_micro @ ${SETTLED}`,
  ],
  ["a settlement before the cut", { settlesAt: 0 }, "epoch_result.unexpected @ 19"],
  [
    "a settlement that never comes",
    without(({ type }) => type === "epoch_result" || type === "epoch_closed"),
    "epoch_closed.missing @ 20",
  ],
  [
    "a policy applied an epoch early",
    {
      policyInForce: (epoch, honest, all) => (epoch === EPOCH ? (all[1] ?? honest) : honest),
    },
    "header.policy @ 18",
  ],
  [
    "a policy that settles an epoch early",
    {
      evidence: ofEpoch(EPOCH, ({ policy }) => ({
        policy: { ...policy, epoch_budget_micro: "120000000" },
      })),
    },
    `epoch_result.reward_micro @ ${SETTLED}`,
  ],
];

test.each<Lie>(lies)("caught: %s", async (_, lie, caught, plan) => {
  expect(await catchLie(lie, plan)).toBe(caught);
});
