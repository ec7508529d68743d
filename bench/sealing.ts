import { join } from "node:path";
import { createTestClock } from "@lucid/platform/clock";
import { openDocuments } from "@lucid/platform/documents";
import { createLog } from "@lucid/platform/log";
import { createMetrics } from "@lucid/platform/metrics";
import { acceptanceWindow, bodyRoot, decodeBody, type Genesis } from "@lucid/protocol";
import { collections } from "../packages/node-management/src/collections.ts";
import { readFirstPolicy, readNetwork } from "@lucid/platform/data-folder";
import { slotCollection } from "../packages/node-management/src/sealing/documents.ts";
import { createServices, type Services } from "../packages/node-management/src/services.ts";
import { createFixture, type Fixture } from "../test/fixture.ts";
import { day, insertBeacons } from "./day.ts";
import { startHoldMeter } from "./hold.ts";
import { median, withFolder } from "./measure.ts";
import { benchConfig } from "./servers/settings.ts";

const nodes = 10_000;
const slots = 6;
/** A week of the demo's 2-second slots. */
const outageSlots = 302_400;

/**
 * Sealing slots with a beacon of each of 10 000 nodes: seconds each (the first one holds their commitments too), the
 * longest that the event loop was held, how many times the hashing of the body alone, bytes a slot in the store; and
 * the seconds that a week's outage of 2-second slots takes to catch up with.
 */
export async function benchSealing(): Promise<{
  seal_s: { first: number; each: number };
  longest_hold_ms: number;
  over_hashing: number;
  bytes_per_slot: number;
  outage_s: number;
  outage_longest_hold_ms: number;
}> {
  return {
    ...(await withFolder(sealBeacons)),
    ...(await withFolder(sealOutage)),
  };
}

async function sealBeacons(directory: string) {
  const fixture = await createFixture({ directory, nodes, genesis: day });
  await insertBeacons(fixture, slots);
  return withServices(fixture, async ({ sealing }, { sealedUntil, body }) => {
    const hold = startHoldMeter();
    const seconds: number[] = [];
    for (let index = 0; index < slots; index++) seconds.push(await sealedUntil(index));
    const longest_hold_ms = hold.stop();
    const [first = Number.NaN, ...others] = seconds;
    const bytes = await body(slots - 1);
    const leaves = decodeBody(bytes);
    if (leaves.length !== nodes || sealing.last()?.backlog !== 0)
      throw new Error(`the last slot was sealed with ${leaves.length} leaves`);
    const hashing = median(Array.from({ length: 5 }, () => secondsOf(() => bodyRoot(leaves))));
    return {
      seal_s: { first, each: median(others) },
      longest_hold_ms,
      over_hashing: median(others) / hashing,
      bytes_per_slot: bytes.length,
    };
  });
}

async function sealOutage(directory: string) {
  const fixture = await createFixture({ directory, nodes: 100 });
  return withServices(fixture, async ({ sealing }, { sealedUntil }) => {
    const hold = startHoldMeter();
    const outage_s = await sealedUntil(outageSlots);
    const outage_longest_hold_ms = hold.stop();
    if (sealing.last()?.height !== outageSlots)
      throw new Error("the outage was not caught up with");
    return { outage_s, outage_longest_hold_ms };
  });
}

const secondsOf = (work: () => void): number => {
  const began = performance.now();
  work();
  return (performance.now() - began) / 1000;
};

type Steps = {
  /** Seals up to a slot, counted from the first; tells the seconds. */
  readonly sealedUntil: (index: number) => Promise<number>;
  /** The framed body of a slot. */
  readonly body: (index: number) => Promise<Uint8Array>;
};

async function withServices<R>(
  { directory, genesis }: Fixture,
  measure: (services: Services, steps: Steps) => Promise<R>,
): Promise<R> {
  const path = join(directory, "node-management.sqlite");
  await using documents = await openDocuments({ engine: "sqlite", path }, collections);
  const clock = createTestClock(closing(genesis, -1));
  const services = await createServices(
    {
      network: readNetwork(directory),
      documents,
      clock,
      log: createLog({ level: "error", name: "bench" }),
      metrics: createMetrics(),
      payer: null,
      send: async () => ({ outcome: "unreachable", detail: "not measured here" }),
    },
    {
      config: benchConfig(directory),
      tokenKey: new Uint8Array(32),
      firstPolicy: readFirstPolicy(directory),
    },
  );
  const { signal } = new AbortController();
  const slotDocuments = documents.collection(slotCollection);
  return await measure(services, {
    sealedUntil: async (index) => {
      await clock.advance(closing(genesis, index) - clock.now());
      const began = performance.now();
      await services.sealing.run(signal, 1);
      return (performance.now() - began) / 1000;
    },
    body: async (index) =>
      (await slotDocuments.get(String(genesis.first_slot + index)))?.body ?? new Uint8Array(),
  });
}

const closing = (genesis: Genesis, index: number): number =>
  acceptanceWindow(genesis, genesis.first_slot + index).untilMs;
