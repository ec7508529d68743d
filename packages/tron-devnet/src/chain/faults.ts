import { parseAddress } from "../address.ts";

export const FAULT_KINDS = ["answer_lost", "never_included", "reverted"] as const;
export type FaultKind = (typeof FAULT_KINDS)[number];

/**
 * What shall go wrong with transactions that are accepted from now on.
 * `answer_lost`: accepted, and the connection is dropped instead of answered; `never_included`: answered with success, never
 * in a block; `reverted`: in a block with result REVERT and no log.
 * `next` counts the transactions it applies to (default 1; without an end when there is a recipient). `recipient` limits it
 * to transfers to that address, base58 or hex.
 */
export type Fault = { kind: FaultKind; next?: number; recipient?: string };
export type ScheduledFault = {
  kind: FaultKind;
  remaining: number | null;
  recipient: string | null;
};
export type Faults = ReturnType<typeof createFaults>;

export function createFaults() {
  let scheduled: ScheduledFault[] = [];
  return {
    schedule(fault: Fault): ScheduledFault {
      const entry = toScheduled(fault);
      scheduled.push(entry);
      return { ...entry };
    },
    list: (): ScheduledFault[] => scheduled.map((fault) => ({ ...fault })),
    clear(): void {
      scheduled = [];
    },
    /** Faults that hit a transaction to this recipient, at most one of each kind; each counts as used. */
    take(recipient: string | null): Set<FaultKind> {
      const hit = new Set<FaultKind>();
      for (const fault of scheduled) {
        if (hit.has(fault.kind) || (fault.recipient !== null && fault.recipient !== recipient))
          continue;
        hit.add(fault.kind);
        if (fault.remaining !== null) fault.remaining -= 1;
      }
      scheduled = scheduled.filter((fault) => fault.remaining !== 0);
      return hit;
    },
  };
}

function toScheduled({ kind, next, recipient }: Fault): ScheduledFault {
  if (!FAULT_KINDS.includes(kind))
    throw new RangeError(`fault: kind must be one of ${FAULT_KINDS.join(", ")}`);
  if (next !== undefined && (!Number.isSafeInteger(next) || next < 1)) {
    throw new RangeError("fault: next must be a whole number of transactions, at least 1");
  }
  if (recipient === undefined) return { kind, remaining: next ?? 1, recipient: null };
  const address = parseAddress(recipient);
  if (address === null) throw new RangeError("fault: recipient must be a TRON address");
  return { kind, remaining: next ?? null, recipient: address };
}
