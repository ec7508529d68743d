import type { Clock } from "../clock/index.ts";
import type { Lease, Leases } from "../leases/index.ts";
import type { Log } from "../log/index.ts";

const beatEveryMs = 5000;

/** Holds one lease for as long as the process works, beating in the background. */
export type Tenure = {
  /** The lease, taken now if need be; null while another replica holds it. */
  take(): Promise<Lease | null>;
  release(): Promise<void>;
  isHeld(): boolean;
  /** Calls back whenever the lease turns out to be lost. */
  onLost(listener: () => void): void;
};

export function createTenure(
  { clock, leases, log }: { clock: Clock; leases: Leases; log: Log },
  name: string,
): Tenure {
  let lease: Lease | null = null;
  let tellLost = (): void => undefined;

  return {
    isHeld: () => lease?.isHeld() === true,
    onLost: (listener) => {
      tellLost = listener;
    },
    take: async () => {
      if (lease?.isHeld() === true) return lease;
      lease = await leases.acquire(name);
      if (lease !== null) void keep(lease);
      return lease;
    },
    release: async () => {
      const held = lease;
      lease = null;
      await held?.release();
    },
  };

  async function keep(held: Lease): Promise<void> {
    while (held.isHeld()) {
      await clock.sleep(beatEveryMs, held.signal);
      if (!held.signal.aborted) await tryBeat(held);
    }
    if (lease !== held) return;
    // Not as `token`: what has that name in a log is taken for a secret.
    log.warn({ lease: name, fence: held.token, reason: String(held.signal.reason) }, "lease lost");
    tellLost();
  }

  /** A store that fails does not end the tenure at once; beats that stay out do. */
  async function tryBeat(held: Lease): Promise<void> {
    try {
      await held.beat();
    } catch (error) {
      log.warn({ err: error, lease: name }, "beat failed");
    }
  }
}
