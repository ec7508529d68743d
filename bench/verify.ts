import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { beaconSalt, leafHash, sha256, step } from "@lucid/protocol";
import type { Report } from "@lucid/verify";
import { writeFiles } from "../packages/verify/src/testing/index.ts";
import { createWorld, fullPlan } from "../packages/verify/src/testing/world/index.ts";
import type { WorldPlan } from "../packages/verify/src/testing/world/index.ts";
import { withFolder } from "./measure.ts";

const run = promisify(execFile);

const NODES = 1000;
const SLOTS = 720;

/** A day of a main network in which every node is there in every slot, and the blocks that settle it. */
const day: WorldPlan = {
  ...fullPlan,
  nodes: NODES,
  owners: 200,
  slotsPerEpoch: SLOTS,
  blocks: SLOTS + 12,
  lateStart: 0,
  isPresent: (_, height) => height < SLOTS,
  unobserved: [],
  deaf: [],
  backlog: [],
  late: [],
  maintenance: [],
  budgetMicro: 1_000_000n * BigInt(NODES),
  genesis: { slot_ms: 120_000, grace_ms: 5000, leader_window_ms: 5000 },
};

/**
 * Seconds that `lucid verify` takes for a day of 1 000 nodes, as a process from start to end; and how often the time that
 * hashing alone would take goes into it, both in time on the processor: for each beacon one link of its chain, one leaf
 * and one node of a tree.
 */
export async function benchVerify(): Promise<{
  beacons: number;
  verify_s: number;
  verify_cpu_s: number;
  hashing_cpu_s: number;
  verify_over_hashing: number;
  rss_mib: number;
}> {
  return withFolder(async (folder) => {
    await writeFiles(folder, createWorld(day).files);
    const { beacons, seconds, cpuSeconds, rssMib } = await verify(folder);
    const hashing = hash(beacons);
    return {
      beacons,
      verify_s: seconds,
      verify_cpu_s: cpuSeconds,
      hashing_cpu_s: hashing,
      verify_over_hashing: cpuSeconds / hashing,
      rss_mib: rssMib,
    };
  });
}

type Verified = { beacons: number; seconds: number; cpuSeconds: number; rssMib: number };

/** The program as a process, which says at its end what it used. */
async function verify(folder: string): Promise<Verified> {
  const sayUsage =
    "data:text/javascript,process.on('exit',()=>console.error(JSON.stringify(process.resourceUsage())))";
  const program = fileURLToPath(new URL("../packages/cli/src/main.ts", import.meta.url));
  const args = ["--import", sayUsage, program, "verify", folder, "--json"];
  const began = performance.now();
  const { stdout, stderr } = await run(process.execPath, args);
  const seconds = (performance.now() - began) / 1000;
  const report = lastLine(stdout) as Report;
  if (!report.follows) throw new Error(`the day does not follow: ${JSON.stringify(report)}`);
  const { maxRSS, userCPUTime, systemCPUTime } = lastLine(stderr) as NodeJS.ResourceUsage;
  return {
    beacons: report.checked.beacons ?? 0,
    seconds,
    cpuSeconds: (userCPUTime + systemCPUTime) / 1e6,
    rssMib: maxRSS / 1024,
  };
}

const lastLine = (output: string): unknown =>
  JSON.parse(output.trim().split("\n").at(-1) ?? "") as unknown;

function hash(beacons: number): number {
  const salt = beaconSalt("00".repeat(32), "00".repeat(32), 0);
  const leaf = new Uint8Array(65);
  const node = new Uint8Array(65);
  let link: Uint8Array = new Uint8Array(32);
  const began = process.cpuUsage();
  for (let i = 0; i < beacons; i++) {
    link = step(link, salt);
    leafHash(leaf);
    sha256(node);
  }
  const { user, system } = process.cpuUsage(began);
  return (user + system) / 1e6;
}
