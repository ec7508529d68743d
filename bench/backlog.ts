import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { leanEnvironment } from "@lucid/platform/program";
import { startServiceProcess } from "../packages/node-management/src/testing/process.ts";
import { createFixture } from "../test/fixture.ts";
import { day, insertBeacons } from "./day.ts";
import { bundler, readCpuMs, readPeakRssMib, readRssMib, withFolder } from "./measure.ts";

const nodes = 10_000;
const slots = 60;

/**
 * What the bundled service takes while it seals two hours of beacons of 10 000 nodes one after the other, with nobody to
 * take the blocks: resident memory in MiB at its peak and afterwards, and processor time a slot in ms.
 */
export async function benchBacklog(): Promise<Record<string, number>> {
  return withFolder(async (directory) => {
    execFileSync(process.execPath, [bundler, join(directory, "dist")], { stdio: "ignore" });
    const origin_ms = Date.now() - (1000 * day.slots_per_epoch + slots) * day.slot_ms;
    const data = join(directory, "data");
    const fixture = await createFixture({ directory: data, nodes, genesis: { ...day, origin_ms } });
    await insertBeacons(fixture, slots);
    const settings = { ...leanEnvironment, BLOCK_MANAGER_URL: "http://127.0.0.1:9" };
    const program = join(directory, "dist", "node-management.mjs");
    const service = startServiceProcess(data, settings, program);
    try {
      await service.url;
      const startedMs = readCpuMs(service.pid);
      while ((await sealedSlots(service.lines)) < slots) await sleep(100);
      return {
        peak_rss_mib: readPeakRssMib(service.pid),
        rss_mib: readRssMib(service.pid),
        cpu_ms_per_slot: (readCpuMs(service.pid) - startedMs) / slots,
      };
    } finally {
      service.signal("SIGKILL");
      await service.exit;
    }
  });
}

/** As the service's metrics tell it. */
async function sealedSlots(lines: readonly string[]): Promise<number> {
  const listening = lines.find((line) => line.includes("metrics_url")) ?? "{}";
  const { metrics_url } = JSON.parse(listening) as { metrics_url: string };
  const text = await (await fetch(metrics_url)).text();
  return Number(/^lucid_sealed_slots_total (\d+)/m.exec(text)?.[1] ?? 0);
}
