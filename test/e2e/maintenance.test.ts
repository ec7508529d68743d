import { firstSlotOf } from "@lucid/protocol";
import { verifyLog } from "@lucid/verify";
import { expect, it } from "vitest";
import { createSettlementWorld } from "../../packages/node-management/src/testing/settlement-world.ts";
import { testGenesis, testNetwork } from "../../packages/node-management/src/testing/index.ts";
import { publishedLog } from "./published-log.ts";

const first = 30;
const alive = new AbortController().signal;

it("announced maintenance does not count against a node, and who recomputes the log comes to the same", async () => {
  // 12 of 72 slots may be announced.
  const genesis = testGenesis({ slots_per_epoch: 72, first_slot: first * 72 });
  await using world = await createSettlementWorld([1, 1, 1], {}, testNetwork(genesis));
  const { services, nodes } = world;
  const [away, absent] = nodes.map(({ nodeId }) => nodeId);
  const from = firstSlotOf(genesis, first) + 20;
  const announce = (span: { from_slot: number; to_slot: number }) =>
    services.maintenance.announce(away ?? "", span);
  expect(await announce({ from_slot: from, to_slot: from + 7 })).toMatchObject({
    outcome: "announced",
  });
  expect(await announce({ from_slot: from + 7, to_slot: from + 13 })).toMatchObject({
    code: "maintenance.too_much",
  });
  expect(await announce({ from_slot: from + 5, to_slot: from + 12 })).toMatchObject({
    outcome: "announced",
  });
  const isAway = (index: number) => index >= 20 && index < 32;
  await world.play(first, (node, index) => node === 2 || !isAway(index));
  const { epochs } = world.start();
  await epochs.settleDue(alive);
  const items = (await epochs.results(first, { limit: 10 }))?.items ?? [];
  const resultOf = (nodeId: string | undefined) => items.find((one) => one.node_id === nodeId);
  // Active from the slot after the enrolment's block on.
  expect(resultOf(away)).toMatchObject({ eligible: 59, present: 59, time: 10_000 });
  expect(resultOf(absent)).toMatchObject({ eligible: 71, present: 59 });

  await services.goTo(firstSlotOf(genesis, first + 1) + 6);
  await services.seal();
  const report = await verifyLog(await publishedLog(services));
  expect(report.first_mismatch).toBeNull();
  expect(report.checked).toMatchObject({ maintenance: 2, epochs: 1 });
});
