import { expect, test } from "vitest";
import { createWorld, fullPlan, verifyWorld } from "./testing/world/index.ts";
import { openLog } from "./log/index.ts";
import { filesToSource } from "./testing/index.ts";
import { verifyLog } from "./verify.ts";

test("an honest world follows, and is counted in three classes", async () => {
  const report = await verifyWorld();
  expect(report).toMatchObject({
    follows: true,
    height: 85,
    first_mismatch: null,
    checked: { blocks: 86, policies: 2, enrolments: 12, epochs: 3, epoch_results: 36, rewards: 36 },
    attested: { unobserved_slots: 1, deaf_excuses: 1, standings_by_people: 1, late_blocks: 4 },
  });
  expect(report.checked.beacons).toBe(report.attested.beacon_times);
  expect(report.checked.silent_slots).toBeGreaterThan(0);
});

test("a network id from elsewhere settles whether it is this network", async () => {
  const { files, network } = createWorld(fullPlan);
  const source = filesToSource(files);
  const unpinned = await verifyLog(await openLog(source));
  const pinned = await verifyLog(await openLog(source, { networkId: network.networkId }));
  expect(unpinned.not_checkable.length).toBe(pinned.not_checkable.length + 1);
  expect(unpinned.not_checkable.join()).toContain("--network-id");
});

test("a log that ends before a settlement says what it waits for", async () => {
  const { network, files } = createWorld(fullPlan, { drafts: (drafts) => drafts.slice(0, 21) });
  const report = await verifyLog(await openLog(filesToSource(files), network));
  expect(report.first_mismatch).toBeNull();
  expect(report.not_checkable.join("\n")).toContain("the settlement of epoch 10");
});

test("progress counts every block", async () => {
  const { files } = createWorld({ ...fullPlan, blocks: 40 });
  const heights: number[] = [];
  const log = await openLog(filesToSource(files));
  await verifyLog(log, { onProgress: ({ blocks }) => heights.push(blocks) });
  expect(heights).toEqual(Array.from({ length: log.checkpoint.size }, (_, i) => i + 1));
});

test("transfers that a chain knows are checked, others are not, and a wrong one is found", async () => {
  const { files } = createWorld(fullPlan);
  const log = await openLog(filesToSource(files));
  const paid = await verifyLog(log, { tron: async () => ({ kind: "paid" }) });
  const { checked, attested } = await verifyLog(log);
  expect(paid.checked.transfers).toBe(attested.transfers);
  expect(checked.transfers).toBeUndefined();
  const silent = await verifyLog(log, {
    tron: async () => ({ kind: "unknown", reason: "no answer" }),
  });
  expect(silent.attested.transfers).toBe(attested.transfers);
  expect(silent.not_checkable.join()).toContain("no answer");
  const wrong = await verifyLog(log, {
    tron: async () => ({ kind: "wrong", detail: "it is not there" }),
  });
  expect(wrong.first_mismatch).toMatchObject({ code: "payout.transfer" });
});
