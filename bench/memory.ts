import { slotStart } from "@lucid/protocol";
import { startChild } from "./child.ts";
import { day } from "./day.ts";
import { createFixture, revealsOf } from "../test/fixture.ts";
import { openLoad, toRequest } from "./load.ts";
import { withFolder } from "./measure.ts";

/** Resident memory in MiB: an empty service, and one with 10 000 nodes that took their beacons of three slots. */
export async function benchMemory(): Promise<{ rss_mib: Record<string, number> }> {
  return { rss_mib: { idle: await resident(0), loaded_10k: await resident(10_000) } };
}

async function resident(nodes: number): Promise<number> {
  return withFolder(async (directory) => {
    const fixture = await createFixture({ directory, nodes, genesis: day });
    const startMs = slotStart(fixture.genesis, fixture.genesis.first_slot);
    const rows = nodes === 0 ? [] : revealsOf(fixture, 3);
    await using service = await startChild("service", [directory, `${startMs}`]);
    await using load = await openLoad(service.port, 100);
    for (const row of rows) {
      await load.run(row.map((body) => toRequest("POST", "/api/v1/beacons", body.toString())));
      await service.ask({ advance: fixture.genesis.slot_ms });
    }
    return (await service.ask<{ rssMib: number }>({ memory: true })).rssMib;
  });
}
