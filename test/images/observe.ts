import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import type { Container } from "./container.ts";

/** What a program takes of a machine while nobody asks it for anything. */
export type Use = { readonly rss_mib: number; readonly cpu_percent: number };

const WATCH_MS = 10_000;
const TICK_MS = 10; // of /proc, on Linux

/** Watches programs side by side. */
export const observe = async (containers: readonly Container[]): Promise<Use[]> => {
  const pids = await Promise.all(containers.map((container) => container.findPid()));
  const before = pids.map(cpuMs);
  await sleep(WATCH_MS);
  return pids.map((pid, index) => ({
    rss_mib: round(residentKib(pid) / 1024),
    cpu_percent: round((100 * (cpuMs(pid) - (before[index] ?? 0))) / WATCH_MS),
  }));
};

/** See proc(5). */
const cpuMs = (pid: number): number => {
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ").at(-1)?.split(" ") ?? [];
  return (Number(fields[11]) + Number(fields[12])) * TICK_MS;
};

const residentKib = (pid: number): number =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]);

const round = (value: number): number => Math.round(value * 10) / 10;
