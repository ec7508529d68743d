import { randomBytes } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { MongoClient } from "mongodb";

/** Makes the programs as they are given away, in the folder that it is told. */
export const bundler = fileURLToPath(new URL("../scripts/bundle.mjs", import.meta.url));

/** Runs something with a folder of its own that is gone afterwards. */
export async function withFolder<R>(run: (directory: string) => Promise<R>): Promise<R> {
  const directory = mkdtempSync(join(tmpdir(), "lucid-bench-"));
  try {
    return await run(directory);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** Seconds that something takes. */
export async function secondsOf(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return (performance.now() - began) / 1000;
}

/** Runs something with a database of its own on the server at `uri`, which is dropped afterwards. */
export async function withDatabase<R>(
  uri: string,
  run: (databaseUri: string) => Promise<R>,
): Promise<R> {
  const own = new URL(uri);
  own.pathname = `/lucid_bench_${randomBytes(6).toString("hex")}`;
  try {
    return await run(own.href);
  } finally {
    await using client = await MongoClient.connect(own.href);
    await client.db().dropDatabase();
  }
}

export const median = (values: readonly number[]): number => {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
};

/** Processor time that the threads of a process took so far, in ms, as Linux says it. */
export function readCpuMs(pid: number): number {
  const threads = readdirSync(`/proc/${pid}/task`);
  const ns = threads.map((thread) =>
    Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, "utf8").split(" ")[0]),
  );
  return ns.reduce((sum, one) => sum + one, 0) / 1e6;
}

/** Resident memory of a process, as Linux says it. */
export const readRssMib = (pid: number): number => readMib(pid, "VmRSS");

/** The most that it ever was. */
export const readPeakRssMib = (pid: number): number => readMib(pid, "VmHWM");

function readMib(pid: number, field: string): number {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  const kib = new RegExp(`${field}:\\s+(\\d+) kB`).exec(status)?.[1];
  if (kib === undefined) throw new Error("the system does not say how much memory a process has");
  return Number(kib) / 1024;
}
