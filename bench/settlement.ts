import { join } from "node:path";
import { createTestClock } from "@lucid/platform/clock";
import { openDocuments } from "@lucid/platform/documents";
import { createLog } from "@lucid/platform/log";
import { createMetrics } from "@lucid/platform/metrics";
import { slotStart } from "@lucid/protocol";
import { collections } from "../packages/node-management/src/collections.ts";
import { readFirstPolicy, readNetwork } from "@lucid/platform/data-folder";
import { createServices } from "../packages/node-management/src/services.ts";
import { day, insertSealedDay } from "./day.ts";
import { createFixture, type Fixture } from "../test/fixture.ts";
import { withFolder } from "./measure.ts";
import { benchConfig } from "./servers/settings.ts";

/**
 * Seconds to settle a whole day (720 slots, every beacon there) from sealed blocks to ledger entries, by number of nodes,
 * and how much more a node costs among 100 000 than among 10 000.
 */
export async function benchSettlement(): Promise<{
  settle_s: Record<string, number>;
  per_node_100k_over_10k: number;
}> {
  const few = await settle(1000);
  const many = await settle(10_000);
  const most = await settle(100_000);
  return {
    settle_s: { "1000": few, "10000": many, "100000": most },
    per_node_100k_over_10k: most / (10 * many),
  };
}

async function settle(nodes: number): Promise<number> {
  return withFolder(async (directory) => {
    const budgetMicro = 1_000_000n * BigInt(nodes);
    const fixture = await createFixture({ directory, nodes, genesis: day, budgetMicro });
    await insertSealedDay(fixture);
    return settleFixture(fixture);
  });
}

async function settleFixture({ directory, genesis, epoch, nodes }: Fixture): Promise<number> {
  const clock = createTestClock(slotStart(genesis, (epoch + 1) * day.slots_per_epoch + 3));
  const log = createLog({ level: "error", name: "bench" });
  const path = join(directory, "node-management.sqlite");
  await using documents = await openDocuments({ engine: "sqlite", path }, collections);
  const services = await createServices(
    {
      network: readNetwork(directory),
      documents,
      clock,
      log,
      metrics: createMetrics(),
      payer: null,
    },
    {
      config: benchConfig(directory),
      tokenKey: new Uint8Array(32),
      firstPolicy: readFirstPolicy(directory),
    },
  );
  const began = performance.now();
  await services.epochs.settleDue(new AbortController().signal);
  const seconds = (performance.now() - began) / 1000;
  const closed = await services.epochs.document(epoch);
  if (closed?.state !== "closed" || closed.count !== nodes.length)
    throw new Error(`epoch ${epoch} was not settled: ${JSON.stringify(closed)}`);
  return seconds;
}
