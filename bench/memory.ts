import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { startServiceProcess } from "../packages/node-management/src/testing/process.ts";
import { createFixture, revealsOf } from "../test/fixture.ts";
import { day } from "./day.ts";
import { openLoad, toRequest } from "./load.ts";
import { withFolder } from "./measure.ts";

const bundler = fileURLToPath(new URL("../scripts/bundle.mjs", import.meta.url));

/** Resident memory in MiB of the bundled service: empty, and after 10 000 nodes sent their beacons of a slot. */
export async function benchMemory(): Promise<{ rss_mib: Record<string, number> }> {
  return withFolder(async (directory) => {
    execFileSync(process.execPath, [bundler, join(directory, "dist")], { stdio: "ignore" });
    const program = join(directory, "dist", "node-management.mjs");
    return {
      rss_mib: {
        idle: await resident(join(directory, "idle"), program, 0),
        loaded: await resident(join(directory, "loaded"), program, 10_000),
      },
    };
  });
}

async function resident(directory: string, program: string, nodes: number): Promise<number> {
  // The fixture's first slot is that of epoch 1000: it begins now.
  const origin_ms = Date.now() - 1000 * day.slots_per_epoch * day.slot_ms;
  const fixture = await createFixture({ directory, nodes, genesis: { ...day, origin_ms } });
  const [row = []] = nodes === 0 ? [] : revealsOf(fixture, 1);
  const service = startServiceProcess(directory, {}, program);
  try {
    const { port } = new URL(await service.url);
    await using load = await openLoad(Number(port), 100);
    const requests = row.map((body) => toRequest("POST", "/api/v1/beacons", body.toString()));
    const { statuses } = await load.run(requests);
    if (nodes > 0 && statuses[200] !== nodes)
      throw new Error(`not every beacon was accepted: ${JSON.stringify(statuses)}`);
    return readRssMib(service.pid);
  } finally {
    service.signal("SIGKILL");
    await service.exit;
  }
}

function readRssMib(pid: number): number {
  const kib = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
  if (kib === undefined) throw new Error("the system does not say how much memory a process has");
  return Number(kib) / 1024;
}
