import { createTestClock } from "@lucid/platform/clock";
import { createLog } from "@lucid/platform/log";
import { createNodeManagement } from "@lucid/node-management";
import { benchConfig } from "./settings.ts";

/** The whole service on a data folder, with a clock that the bench moves: {advance: ms} and {memory: true}. */
const [directory = "", startMs = "", mongodbUri] = process.argv.slice(2);
const clock = createTestClock(Number(startMs));
const log = createLog({ level: "error", name: "bench" });
const service = await createNodeManagement(benchConfig(directory, mongodbUri), {
  clock,
  log,
  payer: null,
});

process.on("message", (message: { advance?: number; memory?: true }) => {
  void answer(message).then((body) => process.send?.(body));
});

async function answer({ advance }: { advance?: number }): Promise<object> {
  if (advance !== undefined) await clock.advance(advance);
  globalThis.gc?.();
  return { rssMib: process.memoryUsage.rss() / 2 ** 20, nowMs: clock.now() };
}

process.send?.({ port: Number(new URL(service.url).port) });
