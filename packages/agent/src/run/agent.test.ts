import { firstSlotOf, networkId, slotStart } from "@lucid/protocol";
import { expect, test } from "vitest";
import { createReceiver } from "../testing/receiver.ts";
import { createAgentClock, startAgent, testGenesis, testKey } from "../testing/world.ts";

const genesis = testGenesis();
const id = networkId(genesis);
const epoch = 3_000_000;
const first = firstSlotOf(genesis, epoch);
const { slot_ms: slotMs, slots_per_epoch: slots } = genesis;

const setUp = async (startSlot: number) => {
  const clock = createAgentClock(slotStart(genesis, startSlot));
  const receiver = await createReceiver(clock, {
    genesis,
    networkId: id,
    publicKey: testKey.publicKey,
  });
  return { clock, receiver };
};

const range = (from: number, until: number) =>
  Array.from({ length: until - from }, (_, i) => from + i);

test("one accepted beacon in every slot, also over the boundary of an epoch", async () => {
  const { clock, receiver } = await setUp(first + 3);
  await using _ = receiver;
  const agent = startAgent(clock, genesis, receiver.url);
  await clock.advance(2 * slots * slotMs);
  await agent.stop();
  expect(receiver.accepted()).toEqual(range(first + 3, first + 3 + 2 * slots));
  expect(agent.of("committed").map((e) => e.epoch)).toEqual([epoch, epoch + 1, epoch + 2]);
  expect(receiver.requests.filter((path) => path === "/api/v1/beacons")).toHaveLength(2 * slots);
});

test("the first beacon after the start is signed, the next are not", async () => {
  const { clock, receiver } = await setUp(first);
  await using _ = receiver;
  const agent = startAgent(clock, genesis, receiver.url);
  await clock.advance(4 * slotMs);
  await agent.stop();
  expect(receiver.signed).toEqual([first]);
});

test("a restart in the middle of an epoch finds the same chain", async () => {
  const { clock, receiver } = await setUp(first);
  await using _ = receiver;
  const before = startAgent(clock, genesis, receiver.url);
  await clock.advance(5 * slotMs);
  await before.stop();
  const after = startAgent(clock, genesis, receiver.url);
  await clock.advance(5 * slotMs);
  await after.stop();
  expect(receiver.accepted()).toEqual(range(first, first + 10));
  expect(after.of("waiting")).toEqual([]);
});

test("an outage over the boundary of an epoch costs its slots and no more, and nothing is hoarded", async () => {
  const { clock, receiver } = await setUp(first + 10);
  await using _ = receiver;
  const agent = startAgent(clock, genesis, receiver.url);
  await clock.advance(2 * slotMs);
  await receiver.down();
  await clock.advance(6 * slotMs);
  await receiver.up();
  await clock.advance(4 * slotMs);
  await agent.stop();
  const accepted = receiver.accepted();
  expect(accepted).toEqual(expect.arrayContaining(range(first + 19, first + 22)));
  expect(accepted.filter((slot) => slot > first + 11 && slot < first + 17)).toEqual([]);
  expect(agent.of("unreachable")).toHaveLength(1);
  expect(agent.of("connected")).toHaveLength(2);
  expect(agent.of("lost")).toEqual([]);
});

test("a beacon that fails is tried again inside its window", async () => {
  const { clock, receiver } = await setUp(first);
  await using _ = receiver;
  const agent = startAgent(clock, genesis, receiver.url);
  await clock.advance(2 * slotMs);
  receiver.refuse({
    status: 503,
    body: { status: 503, code: "service.unavailable", detail: "starting" },
  });
  await clock.advance(slotMs);
  receiver.refuse(null);
  await clock.advance(2 * slotMs);
  await agent.stop();
  expect(receiver.accepted()).toEqual(range(first, first + 5));
});

test("a service that lost the commitment gets it again", async () => {
  const { clock, receiver } = await setUp(first);
  await using _ = receiver;
  const agent = startAgent(clock, genesis, receiver.url);
  await clock.advance(3 * slotMs);
  receiver.forget();
  await clock.advance(3 * slotMs);
  await agent.stop();
  expect(receiver.accepted()).toEqual(range(first + 3, first + 6));
});

test("after more than 32 silent slots the beacon is signed", async () => {
  const long = testGenesis({ slots_per_epoch: 120 });
  const start = firstSlotOf(long, 400_000);
  const clock = createAgentClock(slotStart(long, start));
  await using receiver = await createReceiver(clock, {
    genesis: long,
    networkId: networkId(long),
    publicKey: testKey.publicKey,
  });
  const agent = startAgent(clock, long, receiver.url);
  await clock.advance(2 * slotMs);
  await receiver.down();
  await clock.advance(40 * slotMs);
  await receiver.up();
  await clock.advance(3 * slotMs);
  await agent.stop();
  expect(receiver.signed).toHaveLength(2);
  expect(receiver.accepted().at(-1)).toBeGreaterThanOrEqual(start + 43);
});

test("another network at the address ends the agent with one line", async () => {
  const { clock, receiver } = await setUp(first);
  await using _ = receiver;
  receiver.become("ab".repeat(32));
  const agent = startAgent(clock, genesis, receiver.url);
  await expect(agent.done).rejects.toMatchObject({ code: "network.wrong", exit: 3 });
  expect(receiver.accepted()).toEqual([]);
});

test("another network after an outage ends the agent too", async () => {
  const { clock, receiver } = await setUp(first);
  await using _ = receiver;
  const agent = startAgent(clock, genesis, receiver.url);
  const ended = agent.done.catch((error: unknown) => error);
  await clock.advance(2 * slotMs);
  await receiver.down();
  await clock.advance(slotMs);
  receiver.become("ab".repeat(32));
  await receiver.up();
  void clock.advance(2 * slotMs);
  expect(await ended).toMatchObject({ code: "network.wrong" });
});

test("a node that waits for approval says so once and beacons as soon as it may", async () => {
  const { clock, receiver } = await setUp(first);
  await using _ = receiver;
  receiver.refuse({
    status: 409,
    body: { status: 409, code: "nodes.not_active", detail: "pending" },
  });
  const agent = startAgent(clock, genesis, receiver.url);
  // The network's own answer comes from another door.
  await clock.advance(3 * slotMs);
  receiver.refuse(null);
  await clock.advance(3 * slotMs);
  await agent.stop();
  expect(agent.of("waiting")).toHaveLength(1);
  expect(receiver.accepted().length).toBeGreaterThanOrEqual(2);
});

test("a clock that is off is warned about once, and never stepped", async () => {
  const { clock, receiver } = await setUp(first);
  await using _ = receiver;
  receiver.skewMs = -3_600_000;
  const agent = startAgent(clock, genesis, receiver.url);
  await clock.advance(3 * slotMs);
  await agent.stop();
  expect(agent.of("clock")).toEqual([{ event: "clock", skew_ms: 3_600_000 }]);
});

test("a clock set forward while the agent sleeps does not make it miss a slot for long", async () => {
  const { clock, receiver } = await setUp(first);
  await using _ = receiver;
  const agent = startAgent(clock, genesis, receiver.url);
  await clock.advance(2 * slotMs);
  clock.set(slotStart(genesis, first + 9));
  await clock.advance(3 * slotMs);
  await agent.stop();
  expect(receiver.accepted()).toEqual([
    ...range(first, first + 2),
    ...range(first + 9, first + 12),
  ]);
});

test.each<[string, unknown]>([
  ["nothing", null],
  ["a list", []],
  ["an object of another program", {}],
  ["a beacon's answer with commands that are no list", { server_time_ms: 0, commands: "start" }],
  ["a problem without words", { status: 500, code: "internal", detail: 5 }],
])("what answers with %s is tried again", async (...[, body]) => {
  const { clock, receiver } = await setUp(first);
  await using _ = receiver;
  const agent = startAgent(clock, genesis, receiver.url);
  await clock.advance(slotMs);
  receiver.refuse({ status: body === null ? 200 : 201, body: body as Record<string, unknown> });
  await clock.advance(slotMs);
  receiver.refuse(null);
  await clock.advance(2 * slotMs);
  await agent.stop();
  expect(receiver.accepted()).toContain(first + 3);
});
