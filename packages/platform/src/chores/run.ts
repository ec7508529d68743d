import type { Clock } from "../clock/index.ts";
import type { Lease } from "../leases/index.ts";
import type { ChoreDefinition } from "./port.ts";
import type { ChoreRecord } from "./record.ts";

type Deps = { clock: Clock; record: ChoreRecord };

/**
 * One run with its time limit. Resolves when the run has really ended; one that outlives its limit is on record as
 * failed from that moment. A run that ends because of `stop` is parked: the next one does what is left.
 */
export async function runOnce(
  { clock, record }: Deps,
  definition: ChoreDefinition,
  { lease, stop }: { lease: Lease | null; stop: AbortSignal },
): Promise<void> {
  const timeout = new AbortController();
  const ended = new AbortController();
  void clock.sleep(definition.timeoutMs, ended.signal).then(() => {
    if (ended.signal.aborted) return;
    const error = new Error(`still running after ${definition.timeoutMs} ms`);
    record.fail(error);
    timeout.abort(error);
  });
  try {
    const signals = [stop, timeout.signal, ...(lease === null ? [] : [lease.signal])];
    await start(definition, AbortSignal.any(signals), lease);
    record.ran(timeout.signal.aborted ? "timed_out" : "done");
  } catch (error) {
    if (!timeout.signal.aborted && !stop.aborted) record.fail(error);
    record.ran(timeout.signal.aborted ? "timed_out" : stop.aborted ? "parked" : "failed");
  } finally {
    ended.abort();
  }
}

async function start(
  definition: ChoreDefinition,
  signal: AbortSignal,
  lease: Lease | null,
): Promise<void> {
  if (definition.lease !== true) return definition.run(signal);
  if (lease === null) throw new Error(`Chore "${definition.name}" runs only with its lease`);
  return definition.run(signal, lease);
}
