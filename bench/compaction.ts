import { join } from "node:path";
import { systemClock } from "@lucid/platform/clock";
import type { BlockNetwork } from "@lucid/protocol";
import { createBodies, createCompaction } from "../packages/block-manager/src/compact/index.ts";
import type { CompactionEvent } from "../packages/block-manager/src/compact/index.ts";
import { createScene, filesOf } from "../packages/block-manager/src/compact/testing/scene.ts";
import { openDisk } from "../packages/block-manager/src/disk/index.ts";
import { openStore } from "../packages/block-manager/src/store/index.ts";
import { writeFiles } from "../packages/verify/src/testing/index.ts";
import { startHoldMeter } from "./hold.ts";
import { withFolder } from "./measure.ts";

/**
 * A day of 1 000 nodes, each heard in every slot: bytes of a node before and after compaction, seconds until its bodies
 * are compacted, read back, rebuilt, compared and dropped. And the longest that compacting holds the event loop while
 * 10 000 nodes are in every block, all of whose commitments stand in one.
 */
export async function benchCompaction() {
  const day = await compact({ nodes: 1000, slotsPerEpoch: 720, firstSlot: 0, size: 722 });
  const crowd = await compact({ nodes: 10_000, slotsPerEpoch: 24, firstSlot: 0, size: 26 });
  return {
    bytes_per_node_before: day.event.droppedBytes / 1000,
    bytes_per_node_after: day.event.bytes / 1000,
    compact_s: day.seconds,
    hold_ms: { "1000": day.holdMs, "10000": crowd.holdMs },
  };
}

type Options = Parameters<typeof createScene>[0];

async function compact(options: Options) {
  return withFolder(async (folder) => measure(await prepare(folder, options), folder));
}

/** Writes the log to compact and lets go of it: its memory would be collected while others are measured. */
async function prepare(folder: string, options: Options): Promise<BlockNetwork> {
  const scene = createScene({ ...options, isFull: true, isSigned: false });
  await writeFiles(join(folder, "log"), filesOf(scene));
  const { genesis, networkId } = scene.network;
  return { genesis, networkId };
}

async function measure({ genesis }: BlockNetwork, folder: string) {
  const home = await openDisk(folder);
  await using store = await openStore({ home, genesis }, { mode: "follow" });
  const clock = systemClock;
  const events: CompactionEvent[] = [];
  const onEvent = (event: CompactionEvent) => void events.push(event);
  const compaction = createCompaction({
    store,
    bodies: createBodies({ store, clock }),
    clock,
    onEvent,
  });
  const meter = startHoldMeter();
  const began = performance.now();
  await compaction.run(new AbortController().signal);
  const seconds = (performance.now() - began) / 1000;
  const holdMs = meter.stop();
  const [event] = events;
  if (event === undefined) throw new Error("nothing was compacted");
  return { event, seconds, holdMs };
}
