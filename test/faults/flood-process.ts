import { flood } from "./flood.ts";

/** An attacker of its own: told by a message whom to flood with what, ends when told to stop, and says what came back. */
const stop = new AbortController();

process.on("message", (message: Parameters<typeof start>[0] | "stop") => {
  if (message === "stop") stop.abort();
  else void start(message);
});

async function start({
  port,
  ...load
}: { port: number } & Parameters<typeof flood>[1]): Promise<void> {
  const report = await flood(port, load, stop.signal);
  process.send?.(report);
  process.disconnect();
}
