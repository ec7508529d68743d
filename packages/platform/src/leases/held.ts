import type { Clock } from "../clock/index.ts";
import type { Collection, Written } from "../documents/index.ts";
import type { LeaseDocument } from "./documents.ts";
import type { Lease } from "./port.ts";

type Deps = { leases: Collection<LeaseDocument>; clock: Clock };
type Options = { startMs: number; stealAfterMs: number };

/** A lease in our hands. It counts as lost well before another replica may take it. */
export function createLease(
  { leases, clock }: Deps,
  taken: LeaseDocument,
  options: Options,
): Lease {
  const { id: name, token } = taken;
  const holder = String(taken.holder);
  const sureForMs = options.stealAfterMs * 0.75;
  const lost = new AbortController();
  let beat = taken.beat;
  let confirmedMs = options.startMs;

  return { name, holder, token, signal: lost.signal, isHeld, beat: showLife, release };

  function isHeld(): boolean {
    if (!lost.signal.aborted && clock.monotonic() - confirmedMs >= sureForMs)
      lose("no beat for too long");
    return !lost.signal.aborted;
  }

  async function showLife(): Promise<boolean> {
    if (!isHeld()) return false;
    const startMs = clock.monotonic();
    // A new number even when the last reply was lost: others must see it change after the moment we count from.
    beat += 1;
    const written = await leases.update(name, { beat }, { expect: { holder, token } });
    if (written.outcome === "done") {
      confirmedMs = startMs;
    } else if (written.outcome === "conflict") {
      lose(describe(written));
    }
    return isHeld();
  }

  async function release(): Promise<void> {
    if (lost.signal.aborted) return;
    lose("released");
    await leases.update(name, { holder: null }, { expect: { holder, token } });
  }

  function lose(reason: string): void {
    lost.abort(new Error(`Lease "${name}" is no longer held: ${reason}`));
  }
}

function describe({ stored }: Extract<Written<LeaseDocument>, { outcome: "conflict" }>): string {
  return stored === null
    ? "its document is gone"
    : `${stored.holder ?? "nobody"} has it with token ${stored.token}`;
}
