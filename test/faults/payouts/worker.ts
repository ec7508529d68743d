import { parentPort, workerData } from "node:worker_threads";
import { playBatch } from "./batch.ts";
import type { Schedule } from "./schedule.ts";

await playBatch(workerData as Schedule[], (outcome) => parentPort?.postMessage(outcome, []));
