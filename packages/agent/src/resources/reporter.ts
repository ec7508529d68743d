import { ApiError } from "@lucid/api/client";
import type { Clock } from "@lucid/platform/clock";
import type { Session } from "../session.ts";
import type { Machine } from "./machine.ts";
import { type Counted, type Sample, takeSample } from "./sample.ts";

export type ReporterDeps = {
  readonly clock: Clock;
  readonly machine: Machine;
  readonly session: Session;
  /** Between 0 and 1. */
  readonly chance: () => number;
};

/** An hour of samples waits for a service that is away; older ones are left out. */
const mostWaiting = 120;

/** Tells the service every 30 s how the machine does, until the signal is aborted. Its failures stop nothing else. */
export const runReporter = async (
  { clock, machine, session, chance }: ReporterDeps,
  { nodeId, periodMs = 30_000 }: { readonly nodeId: string; readonly periodMs?: number },
  signal: AbortSignal,
): Promise<void> => {
  let counted: Counted | null = null;
  let waiting: readonly Sample[] = [];
  // Many nodes may start at the same moment, and each has to sign in.
  await clock.sleep(periodMs * chance(), signal);
  while (!signal.aborted) {
    const moment = { at: new Date(clock.now()).toISOString(), atMs: clock.monotonic() };
    const taken = await takeSample(machine, moment, counted);
    ({ counted } = taken);
    waiting = [...waiting, taken.sample].slice(-mostWaiting);
    if (await send(session, nodeId, waiting)) waiting = [];
    await clock.sleep(periodMs, signal);
  }
};

/** Whether they need not be sent again: the service has them, or will never take them. */
const send = async (
  session: Session,
  nodeId: string,
  samples: readonly Sample[],
): Promise<boolean> => {
  try {
    await session.call("sendResources", {
      params: { node_id: nodeId },
      body: { samples: [...samples] },
    });
    return true;
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return error.status === 422;
  }
};
