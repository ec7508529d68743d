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
import { type ControlFile, type ControlState, openControl } from "../control/index.ts";
import type { LogMemory } from "../log/index.ts";
import { createSession } from "../session.ts";
import { createAgent, createSender, type AgentEvent } from "../run/index.ts";

const key = (byte: number) => new Uint8Array(32).fill(byte);
const publicKey = (byte: number) => toHex(ed25519PublicKey(key(byte)));

/** The seed of the key that signs commands. */
export const testNetworkSeed = key(2);

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

export type AgentClock = TestClock & { follow<T>(run: Promise<T>): Promise<T> };

/** A clock whose `advance` waits until all it follows have nothing left to do but sleep, or have ended. */
export const createAgentClock = (startMs: number): AgentClock => {
  let asleep = 0;
  let running = 0;
  const untilAsleep = async (): Promise<void> => {
    await new Promise((resolve) => setImmediate(resolve));
    if (asleep < running) await untilAsleep();
  };
  const clock = createTestClock(startMs, {
    settle: () => untilAsleep(),
  });
  const sleep: Clock["sleep"] = async (ms, signal) => {
    asleep += 1;
    await clock.sleep(ms, signal);
    asleep -= 1;
  };
  const follow = <T>(run: Promise<T>): Promise<T> => {
    running += 1;
    return run.finally(() => {
      running -= 1;
    });
  };
  return { ...clock, sleep, follow };
};

export type RunningAgent = {
  readonly events: AgentEvent[];
  of<E extends AgentEvent["event"]>(event: E): Extract<AgentEvent, { event: E }>[];
  stop(): Promise<void>;
};

/** What a node remembers of commands, kept here instead of in its folder. */
export const createControlMemory = (): ControlFile => {
  let state: ControlState = { last: -1, stopped: false, reports: [] };
  return {
    read: async () => state,
    write: async (next) => {
      state = next;
    },
  };
};

const noMemory: LogMemory = { largest: () => null, observe: async () => null };

/** Starts an agent against a service; `events` is all it told. Without a memory it knows nothing of the log. */
export const startAgent = (
  clock: AgentClock,
  genesis: Genesis,
  service: string,
  log: LogMemory = noMemory,
  file: ControlFile = createControlMemory(),
): RunningAgent & { done: Promise<"stopped" | "restart"> } => {
  const events: AgentEvent[] = [];
  const stopping = new AbortController();
  const id = networkId(genesis);
  const sender = createSender({
    client: createClient({ baseUrl: service, timeoutMs: 5000 }),
    genesis,
    networkId: id,
    session: createSession(clock, { service, seed: testKey.seed, networkId: id }),
    key: testKey,
    bootId: "00".repeat(8),
    version: "0.0.0",
  });
  const scene = { networkId: id, networkKey: genesis.network_key, nodeId: testKey.nodeId };
  const run = async () => {
    const control = await openControl({ file, now: () => clock.now() }, scene);
    const report = (event: AgentEvent) => void events.push(event);
    const agent = createAgent(
      { clock, chance: () => 0, sender, log, control, report },
      { genesis, networkId: id, key: testKey, service },
    );
    return agent.run(stopping.signal);
  };
  const done = clock.follow(run());
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
