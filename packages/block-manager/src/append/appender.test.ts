import {
  beaconLeaf,
  createBody,
  encodeBody,
  headerHash,
  parseNote,
  verifyBlockEntry,
} from "@lucid/protocol";
import { expect, test } from "vitest";
import { DiskError } from "../disk/index.ts";
import { createCrashMachine } from "../disk/testing/crash-machine.ts";
import { fsck } from "../fsck/index.ts";
import { clock, leavesOf, network, openLog, sealedSlot, sealedSlots } from "./testing/scene.ts";
import type { AppendVerdict } from "./contract.ts";
import { clockProblem } from "./next-block.ts";

const { genesis } = network;

/** A log of some blocks in memory. */
async function grown(count: number) {
  const machine = createCrashMachine();
  const opened = await openLog(machine.disk());
  const verdict = await opened.appender.append(sealedSlots(0, count));
  return { machine, ...opened, checkpoint: accepted(verdict).checkpoint };
}

function accepted(verdict: AppendVerdict) {
  if (verdict.ok) return verdict;
  throw new Error(`${verdict.code}: ${verdict.detail}`);
}

test("slots become signed blocks under a signed checkpoint", async () => {
  const { store, appender, checkpoint } = await grown(3);
  const { entry } = await store.entry(2);
  expect(verifyBlockEntry(entry, network.networkId, genesis.network_key)).toBe(true);
  expect(entry.header).toMatchObject({ height: 2, slot: genesis.first_slot + 2, body_count: 3 });
  expect(checkpoint.size).toBe(3);
  expect(parseNote(checkpoint.note).text).toContain(`\n3\n`);
  const again = accepted(await appender.append(sealedSlots(0, 3)));
  expect(again).toMatchObject({ appended: 0, checkpoint });
  expect(again.blocks.at(-1)?.headerHash).toBe(headerHash(entry.header));
});

test("slots that stand are found, also together with new ones", async () => {
  const { store, appender } = await grown(3);
  const verdict = accepted(await appender.append(sealedSlots(1, 5)));
  expect(verdict.blocks.map(({ height }) => height)).toEqual([1, 2, 3, 4, 5]);
  expect([verdict.appended, store.head().size]).toEqual([3, 6]);
});

test("calls at the same time are taken one after the other", async () => {
  const { appender, store } = await grown(0);
  const calls = [0, 1, 2, 3, 4, 5].map((height) => appender.append(sealedSlots(height, 1)));
  expect((await Promise.all(calls)).map((verdict) => accepted(verdict).checkpoint.size)).toEqual([
    1, 2, 3, 4, 5, 6,
  ]);
  const race = [
    appender.append([sealedSlot(6)]),
    appender.append([sealedSlot(6, [], { backlog: 1 })]),
  ];
  expect((await Promise.all(race)).map(({ ok }) => ok)).toEqual([true, false]);
  expect(store.head().size).toBe(7);
});

const { first_slot } = genesis;
const beacon = leavesOf(4, 1)[0] as Uint8Array;
const other = beaconLeaf(beacon.subarray(1, 33), new Uint8Array(32));

test.each([
  [
    "another backlog",
    [sealedSlot(2, leavesOf(2, 2), { backlog: 7 })],
    "blocks.conflict",
    { slot: first_slot + 2 },
  ],
  ["another body", [sealedSlot(2, leavesOf(2, 3))], "blocks.conflict", { slot: first_slot + 2 }],
  ["a slot left out", [sealedSlot(5)], "blocks.order", { expectedSlot: first_slot + 4 }],
  [
    "a gap inside",
    [sealedSlot(4), sealedSlot(6)],
    "blocks.order",
    { expectedSlot: first_slot + 5 },
  ],
  [
    "a slot twice",
    [sealedSlot(4), sealedSlot(4)],
    "blocks.order",
    { expectedSlot: first_slot + 5 },
  ],
  ["a slot before the first", [sealedSlot(-1)], "blocks.order", { expectedSlot: first_slot + 4 }],
  [
    "bytes that are no body",
    [sealedSlot(4, [], { body: new Uint8Array(3) })],
    "blocks.body",
    { leaf: 0 },
  ],
  [
    "a leaf of no kind",
    [sealedSlot(4, [], { body: Uint8Array.of(0, 0, 0, 1, 9) })],
    "blocks.body",
    { leaf: 0 },
  ],
  [
    "leaves in another order",
    [sealedSlot(4, [], { body: unordered() })],
    "blocks.body",
    { leaf: 1 },
  ],
  [
    "two beacons of a node",
    [sealedSlot(4, [], { body: framed(beacon, other) })],
    "blocks.body",
    { leaf: 1 },
  ],
  [
    "beacons that nobody could hear",
    [sealedSlot(4, [beacon], { observed: false })],
    "blocks.header",
    {},
  ],
  ["sealing before the slot is over", [sealedSlot(4, [], { sealed_at: 1 })], "blocks.header", {}],
  [
    "sealing before the block before",
    [sealedSlot(4, [], { sealed_at: sealedSlot(6).sealed_at }), sealedSlot(5)],
    "blocks.header",
    { slot: first_slot + 5 },
  ],
  [
    "sealing in the future",
    [sealedSlot(4, [], { sealed_at: clock.now() + 60_000 })],
    "log.unavailable",
    {},
  ],
  ["a policy hash that is none", [sealedSlot(4, [], { policy_hash: "xy" })], "blocks.header", {}],
] as const)("%s is refused, and nothing stored", async (_, slots, code, place) => {
  const { machine, appender, store, events } = await grown(4);
  const before = new Map(machine.files());
  expect(await appender.append(slots)).toMatchObject({ ok: false, code, ...place });
  expect(await appender.validate(slots)).toMatchObject({ ok: false, code, ...place });
  expect(machine.files()).toEqual(before);
  expect(store.head().size).toBe(4);
  expect(events.at(-1)).toMatchObject({ type: "refused" });
});

function framed(...leaves: Uint8Array[]): Uint8Array {
  return Uint8Array.from(leaves.flatMap((leaf) => [0, 0, 0, leaf.length, ...leaf]));
}

function unordered(): Uint8Array {
  const leaves = createBody(leavesOf(4, 2)).map(({ bytes }) => bytes);
  return framed(...leaves.toReversed());
}

test("a slot is not appended before it is over by the clock here", () => {
  const slot = sealedSlot(4);
  const verdict = clockProblem(network, slot, slot.sealed_at - 10);
  expect(verdict).toMatchObject({ ok: false, code: "log.unavailable", slot: slot.slot });
  expect(clockProblem(network, slot, slot.sealed_at)).toBeNull();
});

test("validation says what an append would answer, and stores nothing", async () => {
  const { machine, appender, store } = await grown(2);
  const before = new Map(machine.files());
  const validated = await appender.validate(sealedSlots(1, 3));
  expect(machine.files()).toEqual(before);
  expect(store.head().size).toBe(2);
  expect(validated).toEqual({
    ok: true,
    blocks: accepted(await appender.append(sealedSlots(1, 3))).blocks,
  });
});

test("a log that somebody has seen further, or otherwise, is not continued", async () => {
  const { appender: longer, checkpoint: five } = await grown(5);
  expect((await longer.append([], { seen: five })).ok).toBe(true);
  const { appender, checkpoint: three } = await grown(3);
  const next = sealedSlots(3, 1);
  expect(await appender.append(next, { seen: five })).toMatchObject({ code: "log.behind" });
  const forged = { ...three, root: "11".repeat(32) };
  expect(await appender.append(next, { seen: forged })).toMatchObject({ code: "log.seen" });
  const fork = await openLog(createCrashMachine().disk());
  const forked = accepted(
    await fork.appender.append([sealedSlot(0, [], { backlog: 3 })]),
  ).checkpoint;
  expect(await appender.append(next, { seen: forked })).toMatchObject({ code: "log.forked" });
  expect((await appender.append(next, { seen: three })).ok).toBe(true);
});

test("after a fault of the disk the state is read again, and the same slots go on", async () => {
  for (let step = 1; step < 30; step++) {
    const { machine, appender, store } = await grown(2);
    const error = new DiskError(step % 2 === 0 ? "disk.full" : "disk.failed", "x", "no room");
    machine.failOnce(step, error);
    const slots = sealedSlots(2, 3);
    const first = await appender.append(slots).catch((fault: unknown) => fault);
    expect(first === error || (first as AppendVerdict).ok).toBe(true);
    const size = store.head().size;
    expect([2, 5]).toContain(size);
    expect((await fsck(store.disk)).findings).toEqual([]);
    expect(accepted(await appender.append(slots)).checkpoint.size).toBe(5);
  }
});

test("a full disk refuses a whole batch before anything is written", async () => {
  const machine = createCrashMachine();
  const { appender, store } = await openLog({
    ...machine.disk(),
    folder: (name) => ({ ...machine.disk().folder(name), freeBytes: async () => 1000 }),
  });
  const before = new Map(machine.files());
  await expect(appender.append(sealedSlots(0, 2))).rejects.toMatchObject({ code: "disk.full" });
  expect(machine.files()).toEqual(before);
  expect(store.head().size).toBe(0);
});

test("an empty body has no file and is read as empty", async () => {
  const { machine, store, appender } = await grown(1);
  await appender.append([sealedSlot(1)]);
  expect([...machine.files().keys()].filter((path) => path.includes("/body/"))).toEqual([
    "log/body/0",
  ]);
  expect(await store.body(1)).toEqual(new Uint8Array(0));
  expect(await store.body(0)).toEqual(encodeBody(createBody(leavesOf(0, 2))));
});
