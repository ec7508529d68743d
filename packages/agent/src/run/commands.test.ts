import { commandId, networkId, signObject, slotAt, slotStart } from "@lucid/protocol";
import { expect, test } from "vitest";
import { createReceiver, type Receiver } from "../testing/receiver.ts";
import {
  type AgentClock,
  createAgentClock,
  createControlMemory,
  startAgent,
  testGenesis,
  testKey,
  testNetworkSeed,
} from "../testing/world.ts";

const genesis = testGenesis();
const id = networkId(genesis);
const first = 45_000_000;
const slotMs = genesis.slot_ms;

const setUp = async () => {
  const clock = createAgentClock(slotStart(genesis, first));
  const options = { genesis, networkId: id, publicKey: testKey.publicKey };
  return { clock, receiver: await createReceiver(clock, options), file: createControlMemory() };
};

const command = (clock: AgentClock, number: number, action: string, seed = testNetworkSeed) => {
  const fields = {
    id: commandId(testKey.nodeId, number),
    node_id: testKey.nodeId,
    action,
    expires_at: clock.now() + 60_000,
  };
  return { ...fields, signature: signObject("command", id, fields, seed) };
};
const start = (clock: AgentClock, { url }: Receiver, file = createControlMemory()) =>
  startAgent(clock, genesis, url, undefined, file);

test("a stopped node sends nothing until it is started, also after a restart, and says what it did", async () => {
  const { clock, receiver, file } = await setUp();
  await using _ = receiver;
  const agent = start(clock, receiver, file);
  await clock.advance(2 * slotMs);
  receiver.commands = [command(clock, 1, "stop")];
  await clock.advance(4 * slotMs);
  expect(receiver.accepted()).toEqual([first, first + 1, first + 2]);
  await agent.stop();
  const again = start(clock, receiver, file);
  await clock.advance(3 * slotMs);
  expect(receiver.accepted()).toHaveLength(3);
  const resumed = slotAt(genesis, clock.now());
  receiver.commands = [command(clock, 2, "start"), receiver.commands[0]];
  await clock.advance(3 * slotMs);
  await again.stop();
  expect(receiver.accepted().slice(3)).toEqual([resumed, resumed + 1, resumed + 2]);
  expect(agent.of("command").map(({ action }) => action)).toEqual(["stop"]);
  expect(again.of("command").map(({ action }) => action)).toEqual(["start"]);
  const said = new Set(receiver.told.map((told) => JSON.stringify(told)));
  expect([...said]).toContain(
    JSON.stringify({ id: commandId(testKey.nodeId, 1), outcome: "done" }),
  );
});

test("a restart ends the program once, however often it is handed over, and the next finds the same chain", async () => {
  const { clock, receiver, file } = await setUp();
  await using _ = receiver;
  const before = start(clock, receiver, file);
  receiver.commands = [command(clock, 5, "restart")];
  await clock.advance(slotMs);
  await expect(before.done).resolves.toBe("restart");
  expect(receiver.told).toEqual([]);
  const after = start(clock, receiver, file);
  await clock.advance(4 * slotMs);
  await after.stop();
  expect(receiver.accepted()).toEqual([first, first + 1, first + 2, first + 3, first + 4]);
  expect(after.of("command")).toEqual([]);
  expect(receiver.told[0]).toEqual({ id: commandId(testKey.nodeId, 5), outcome: "done" });
});

test("what the network key did not sign is not run, and is told of once", async () => {
  const { clock, receiver } = await setUp();
  await using _ = receiver;
  const agent = start(clock, receiver);
  receiver.commands = [command(clock, 1, "stop", testKey.seed), null, { id: "stop" }];
  await clock.advance(3 * slotMs);
  await agent.stop();
  expect(receiver.accepted()).toHaveLength(3);
  expect(agent.of("command")).toEqual([]);
  expect(agent.of("command_refused").map(({ code }) => code)).toContain("signature");
});
