import { sha256, toHex } from "@lucid/protocol";
import { expect, test } from "vitest";
import { createCrashMachine, PowerLoss } from "../disk/testing/crash-machine.ts";
import type { CrashMachine, Loss } from "../disk/testing/crash-machine.ts";
import { fsck } from "../fsck/index.ts";
import { pseudoRandom } from "../testing/pseudo-random.ts";
import { checkpointOf } from "../store/index.ts";
import { network, openLog, sealedSlots } from "./testing/scene.ts";

type Batch = { from: number; count: number; every: number };
type Files = ReadonlyMap<string, Uint8Array>;

const losses: readonly Loss[] = ["kill", "lost", "torn"];

/** Opens the log and sends the batches; answers how many blocks were acknowledged before the machine stopped. */
async function run(machine: CrashMachine, batches: readonly Batch[]): Promise<number> {
  let acknowledged = 0;
  try {
    const { store, appender } = await openLog(machine.disk());
    await using _ = store;
    for (const { from, count, every } of batches) {
      const verdict = await appender.append(sealedSlots(from, count, every));
      if (!verdict.ok) throw new Error(verdict.detail);
      acknowledged = verdict.checkpoint.size;
    }
  } catch (error) {
    if (!(error instanceof PowerLoss)) throw error;
  }
  return acknowledged;
}

const digestsOf = (files: Files) =>
  new Map(Array.from(files, ([path, bytes]) => [path, toHex(sha256(bytes))]));

/** What a process promised before it stopped: blocks that it acknowledged, and those that anybody could see published. */
type Promised = { acknowledged: number; published: number };

function publishedIn(machine: CrashMachine): number {
  const note = machine.files().get("log/checkpoint");
  return note === undefined ? 0 : checkpointOf(network.genesis, note).size;
}

/** Stops at every step in turn, with every kind of loss, and goes on. */
async function crashEverywhere(
  given: Files,
  batches: readonly Batch[],
  check: (machine: CrashMachine, promised: Promised) => Promise<void>,
): Promise<number> {
  const calm = createCrashMachine(given);
  await run(calm, batches);
  const [steps, expected] = [calm.steps(), digestsOf(calm.files())];
  for (let step = 0; step < steps; step++) {
    for (const loss of losses) {
      const machine = createCrashMachine(given);
      machine.stopAfter(step);
      const promised = {
        acknowledged: await run(machine, batches),
        published: publishedIn(machine),
      };
      machine.restart(loss, pseudoRandom(31 * step));
      await check(machine, promised);
      await run(machine, batches);
      machine.restart("lost", Math.random); // what was acknowledged after a kill is durable as well
      await run(machine, []); // what was removed may be back until the next start
      expect(digestsOf(machine.files()), `${loss} after step ${step} of ${steps}`).toEqual(
        expected,
      );
    }
  }
  return steps;
}

async function keepsPromise(machine: CrashMachine, promised: Promised): Promise<void> {
  const { store } = await openLog(machine.disk());
  expect(store.head().size).toBeGreaterThanOrEqual(promised.acknowledged);
  expect(store.head().size).toBeGreaterThanOrEqual(promised.published);
  await store[Symbol.asyncDispose]();
}

/** Until its first checkpoint a log has a genesis document at most. */
const wrongBefore = (size: number | null): unknown =>
  size === null ? [expect.stringMatching(/^(network\.json|checkpoint)$/)] : [];

test("a stop at any step leaves at most leftovers, and goes on to the same files", async () => {
  const batches = [
    { from: 0, count: 1, every: 1 },
    { from: 1, count: 3, every: 2 },
    { from: 4, count: 1, every: 1 },
  ];
  const steps = await crashEverywhere(new Map(), batches, async (machine, promised) => {
    const report = await fsck(machine.disk().folder("log"));
    const wrong = report.findings.filter(({ code }) => code !== "leftover");
    expect(wrong.map(({ path }) => path)).toEqual(wrongBefore(report.size));
    expect(report.size ?? 0).toBeGreaterThanOrEqual(promised.acknowledged);
    await keepsPromise(machine, promised);
    expect((await fsck(machine.disk().folder("log"))).findings).toEqual([]);
  });
  expect(steps).toBeGreaterThan(80);
}, 120_000);

test.each([
  ["become full", 255],
  ["become full, and partial ones of the one before are removed", 511],
])(
  "also where tiles and bundles %s",
  async (_, size) => {
    const machine = createCrashMachine();
    const split = [200, 240, 254, size].filter((end, i, ends) => end > (ends[i - 1] ?? 0));
    await run(
      machine,
      split.map((end, i) => ({
        from: split[i - 1] ?? 0,
        count: end - (split[i - 1] ?? 0),
        every: 1000,
      })),
    );
    const batches = [size, size + 1].map((from) => ({ from, count: 1, every: 2 }));
    await crashEverywhere(new Map(machine.files()), batches, keepsPromise);
  },
  120_000,
);
