import { describe, expect, it } from "vitest";
import { checkLog, checkSlots } from "../testing/check-log.ts";
import { createKillSwitch, type Harm, HARMS, type KillSwitch } from "../testing/kill-switch.ts";
import {
  createSealingWorld,
  sealTheRest,
  type SealingProcess,
  type SealingWorld,
} from "../testing/sealing-world.ts";

/** One after the other, each may be repeated: facts of every kind, seals between them, an outage at the end. */
const story = (world: SealingWorld): ((process: SealingProcess) => Promise<void>)[] => {
  const { facts, clock } = world;
  const pass = (ms: number) => () => clock.advance(ms);
  return [
    (p) => facts.enrol(p, 0),
    (p) => facts.enrol(p, 1),
    pass(2000),
    (p) => p.seal(),
    (p) => facts.commit(p, 0),
    (p) => facts.commit(p, 1),
    (p) => facts.beacon(p, 0),
    (p) => facts.beacon(p, 1),
    (p) => facts.decide(p, 1, "suspended"),
    (p) => facts.decide(p, 1, "active"),
    (p) => facts.earn(p, 0, 1),
    pass(2000),
    (p) => facts.earn(p, 0, 2),
    (p) => facts.beacon(p, 0),
    pass(400),
    (p) => p.seal(),
    pass(2000),
    (p) => p.seal(),
    pass(20_000),
    (p) => p.seal(),
  ];
};

/** Lives through the story with one process that is harmed; whoever dies is started again and repeats its step. */
const live = async (at: number, harm: Harm): Promise<KillSwitch> => {
  await using world = await createSealingWorld({ nodes: ["a", "b"] });
  const harmed = createKillSwitch({ at, harm });
  let process: SealingProcess | null = null;
  for (const step of story(world)) {
    for (let isDone = false; !isDone;) {
      try {
        process ??= await world.start(harmed.isDead ? world.store : harmed.documents(world.store));
        await step(process);
        isDone = true;
      } catch (error) {
        if (!harmed.isDead && !isPassing(error)) throw error;
        if (harmed.isDead) process = null;
      }
    }
  }
  await sealTheRest(world);
  await checkLog(world);
  await checkSlots(world);
  return harmed;
};

/** A write whose answer was lost is an answer to whoever asked: they ask again. */
const isPassing = (error: unknown): boolean =>
  error instanceof Error && "code" in error && String(error.code).startsWith("store.");

describe("a process that is killed, or loses an answer, at any write", () => {
  it.each(HARMS)(
    "loses nothing and seals nothing twice: %s",
    { timeout: 120_000 },
    async (harm) => {
      const { operations } = await live(0, harm);
      expect(operations).toBeGreaterThan(40);
      for (let at = 1; at <= operations; at++) await live(at, harm);
    },
  );
});
