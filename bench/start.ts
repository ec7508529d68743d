import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { leanEnvironment } from "@lucid/platform/program";
import { slotStart } from "@lucid/protocol";
import { startServiceProcess } from "../packages/node-management/src/testing/process.ts";
import { startChild } from "./child.ts";
import { day, insertBeacons } from "./day.ts";
import { createFixture } from "../test/fixture.ts";
import { bundler, median, readCpuMs, withFolder } from "./measure.ts";

const rounds = 5;

type Start = { readonly readyMs: number; readonly cpuMs: number };

/**
 * From the start of the process until it listens, in ms, and the processor time of it, for which neighbours do not
 * count: an empty store from sources and from the bundle (medians), and 10 000 nodes at the end of a day.
 */
export async function benchStart() {
  return withFolder(async (dist) => {
    execFileSync(process.execPath, [bundler, dist], { stdio: "ignore" });
    const sources: Start[] = [];
    const bundle: Start[] = [];
    for (let round = 0; round < rounds; round++) {
      sources.push(await startEmpty());
      bundle.push(await startEmpty(join(dist, "node-management.mjs")));
    }
    return {
      sources: toMedians(sources),
      bundle: toMedians(bundle),
      ready_ms_10k_day: await startWithDay(10_000),
    };
  });
}

const toMedians = (starts: readonly Start[]) => ({
  ready_ms: median(starts.map(({ readyMs }) => readyMs)),
  cpu_ms: median(starts.map(({ cpuMs }) => cpuMs)),
});

async function startEmpty(program?: string): Promise<Start> {
  return withFolder(async (directory) => {
    await createFixture({ directory, nodes: 0, genesis: day });
    const began = performance.now();
    const service = startServiceProcess(directory, leanEnvironment, program);
    try {
      await service.url;
      return { readyMs: performance.now() - began, cpuMs: readCpuMs(service.pid) };
    } finally {
      service.signal("SIGKILL");
      await service.exit;
    }
  });
}

async function startWithDay(nodes: number): Promise<number> {
  return withFolder(async (directory) => {
    const fixture = await createFixture({ directory, nodes, genesis: day });
    await insertBeacons(fixture, day.slots_per_epoch - 1);
    const lastSlot = fixture.genesis.first_slot + day.slots_per_epoch - 1;
    await using service = await startChild("service", [
      directory,
      `${slotStart(fixture.genesis, lastSlot)}`,
    ]);
    return service.readyMs;
  });
}
