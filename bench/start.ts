import { slotStart } from "@lucid/protocol";
import { startChild } from "./child.ts";
import { day, insertBeacons } from "./day.ts";
import { createFixture } from "../test/fixture.ts";
import { withFolder } from "./measure.ts";

/** From the start of the process to its first answer, in ms: an empty store, and 10 000 nodes at the end of a day. */
export async function benchStart(): Promise<{ ready_ms: number; ready_ms_10k_day: number }> {
  return { ready_ms: await readyMs(0), ready_ms_10k_day: await readyMs(10_000) };
}

async function readyMs(nodes: number): Promise<number> {
  return withFolder(async (directory) => {
    const fixture = await createFixture({ directory, nodes, genesis: day });
    if (nodes > 0) await insertBeacons(fixture, day.slots_per_epoch - 1);
    const lastSlot = fixture.genesis.first_slot + day.slots_per_epoch - 1;
    await using service = await startChild("service", [
      directory,
      `${slotStart(fixture.genesis, lastSlot)}`,
    ]);
    return service.readyMs;
  });
}
