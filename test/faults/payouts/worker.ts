import { parentPort, workerData } from "node:worker_threads";
import { type Batch, playBatch } from "./batch.ts";

await playBatch(workerData as Batch, (outcome) => parentPort?.postMessage(outcome, []));
