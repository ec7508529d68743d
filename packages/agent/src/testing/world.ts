import { createTestClock, type Clock, type TestClock } from "@lucid/platform/clock";
import { createClient } from "@lucid/api/client";
import {
  demoGenesis,
  ed25519PublicKey,
  networkId,
  nodeId,
  toHex,
  type Genesis,
} from "@lucid/protocol";
import { createAgent, createSender, type AgentEvent } from "../run/index.ts";

const key = (byte: number) => new Uint8Array(32).fill(byte);
const publicKey = (byte: number) => toHex(ed25519PublicKey(key(byte)));

/** A network of 15 two-second slots that began long ago. */
export const testGenesis = (more: Partial<Genesis> = {}): Genesis =>
  demoGenesis({
    first_slot: 0,
    root_keys: [publicKey(1)],
    root_threshold: 1,
    network_key: publicKey(2),
    log_key: publicKey(3),
    log_origin: "test/0000000000000000",
    ...more,
  });

export const testKey = {
  seed: key(7),
  publicKey: publicKey(7),
  nodeId: nodeId(publicKey(7)),
};

/** A clock whose `advance` waits until the agent has nothing left to do but sleep. */
export const createAgentClock = (startMs: number): TestClock => {
  let asleep = 0;
  const clock = createTestClock(startMs, {
    settle: async () => {
      do await new Promise((resolve) => setImmediate(resolve));
      while (asleep === 0);
    },
  });
  const sleep: Clock["sleep"] = async (ms, signal) => {
    asleep += 1;
    await clock.sleep(ms, signal);
    asleep -= 1;
  };
  return { ...clock, sleep };
};

export type RunningAgent = {
  readonly events: AgentEvent[];
  of<E extends AgentEvent["event"]>(event: E): Extract<AgentEvent, { event: E }>[];
  stop(): Promise<void>;
};

/** Starts an agent against a service; `events` is all it told. */
export const startAgent = (
  clock: Clock,
  genesis: Genesis,
  service: string,
): RunningAgent & { done: Promise<void> } => {
  const events: AgentEvent[] = [];
  const stopping = new AbortController();
  const id = networkId(genesis);
  const sender = createSender({
    client: createClient({ baseUrl: service, timeoutMs: 5000 }),
    genesis,
    networkId: id,
    key: testKey,
    bootId: "00".repeat(8),
    version: "0.0.0",
  });
  const agent = createAgent(
    { clock, chance: () => 0, sender, report: (event) => events.push(event) },
    { genesis, networkId: id, key: testKey, service },
  );
  const done = agent.run(stopping.signal);
  return {
    events,
    of: (event) => events.filter((e): e is never => e.event === event),
    done,
    async stop() {
      stopping.abort();
      await done;
    },
  };
};
