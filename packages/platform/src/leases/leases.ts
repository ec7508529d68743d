import type { Clock } from "../clock/index.ts";
import type { Documents } from "../documents/index.ts";
import { type LeaseDocument, leaseCollection } from "./documents.ts";
import { createLease } from "./held.ts";
import type { Lease, Leases } from "./port.ts";

export type LeasesOptions = {
  /** The name of this replica: stable, and not that of any other. */
  holder: string;
  /** How long a lease must be seen unchanged before it is taken from its holder. */
  stealAfterMs?: number;
  /**
   * Nobody else can be running under our holder name, as the store's folder is locked by this process: a lease in our
   * name is then one of a predecessor that died, and is taken over at once.
   */
  sole?: boolean;
};

type Deps = { documents: Documents; clock: Clock };
type Seen = LeaseDocument & { sinceMs: number };

/** Leases, one document each; what changes hands is decided by one compare-and-set. */
export function createLeases(
  { documents, clock }: Deps,
  { holder, stealAfterMs = 20_000, sole = false }: LeasesOptions,
): Leases {
  const leases = documents.collection(leaseCollection);
  const held = new Map<string, Lease>();
  const seen = new Map<string, Seen>();

  return {
    acquire: async (name) => {
      const ours = held.get(name);
      if (ours?.isHeld() === true) return ours;
      const startMs = clock.monotonic();
      const stored = await leases.get(name);
      if (stored !== null && !isFree(stored)) return null;
      const taken = stored === null ? await insertFirst(name) : await takeOver(stored);
      if (taken === null) return null;
      seen.delete(name);
      const lease = createLease({ leases, clock }, taken, { startMs, stealAfterMs });
      held.set(name, lease);
      return lease;
    },
  };

  function isFree(stored: LeaseDocument): boolean {
    if (stored.holder === null || (sole && stored.holder === holder)) return true;
    const before = seen.get(stored.id);
    if (before !== undefined && isSame(before, stored)) {
      return clock.monotonic() - before.sinceMs >= stealAfterMs;
    }
    seen.set(stored.id, { ...stored, sinceMs: clock.monotonic() });
    return false;
  }

  async function insertFirst(name: string): Promise<LeaseDocument | null> {
    const written = await leases.insert({ id: name, holder, beat: 0, token: 1 });
    return written.outcome === "done" ? written.document : null;
  }

  /** After an unknown outcome nothing is held; whatever was written is stolen or taken over later. */
  async function takeOver({ id, ...expect }: LeaseDocument): Promise<LeaseDocument | null> {
    const written = await leases.update(
      id,
      { holder, beat: 0, token: expect.token + 1 },
      { expect },
    );
    return written.outcome === "done" ? written.document : null;
  }
}

function isSame(a: LeaseDocument, b: LeaseDocument): boolean {
  return a.holder === b.holder && a.token === b.token && a.beat === b.beat;
}
