import { parseAddress } from "../address.ts";

/** What may go wrong with a transaction that a node accepts. */
export const TRANSACTION_FAULTS = [
  "answer_lost",
  "never_included",
  "reverted",
  "answer_error",
  "accepted_late",
  "reorganised",
  "out_of_energy",
  "fee_on",
  "sender_frozen",
] as const;
/** What may be wrong with a node. */
export const NODE_FAULTS = [
  "down",
  "html",
  "empty_body",
  "empty_object",
  "key_refused",
  "rate_limited",
  "behind",
  "history_off",
  "denies",
] as const;
export const FAULT_KINDS = [
  ...TRANSACTION_FAULTS,
  ...NODE_FAULTS,
  "clock_skew",
  "key_moved",
] as const;
export type TransactionFault = (typeof TRANSACTION_FAULTS)[number];
export type NodeFault = (typeof NODE_FAULTS)[number];
export type FaultKind = (typeof FAULT_KINDS)[number];

/**
 * What shall go wrong from now on.
 *
 * With transactions that are accepted: `answer_lost`: the connection is dropped instead of answered; `answer_error`: answered
 * with OTHER_ERROR; `never_included`: answered with success, never in a block; `accepted_late`: in no block for `blocks`
 * blocks (default 10); `reorganised`: in a block that is replaced by one without it, and forgotten; `reverted` and
 * `out_of_energy`: in a block with that result and no log; `fee_on`: executed right after the token's fee was switched on;
 * `sender_frozen`: right after its sender was blacklisted. `next` counts the transactions it applies to (default 1; without
 * an end when there is a recipient). `recipient` limits it to transfers to that address, base58 or hex.
 *
 * With a node, or all of them without `node`, until it is cleared: `down`: connections are dropped; `html`: a page with
 * status 200; `empty_body` and `empty_object`: nothing or `{}` with status 200; `key_refused` and `rate_limited`: status 401
 * and 429, for a wrong API key and too many questions; `behind`: shows the chain as it was `blocks` blocks ago (default 1200,
 * an hour); `history_off`: `{}` for every transaction; `denies`: blocks without transactions and no logs, as if nothing had
 * ever been included.
 *
 * `clock_skew`: blocks are dated `ms` later than the clock says; time never runs backwards. `key_moved`: the account at
 * `recipient` shows an owner permission of another key, until it is cleared.
 */
export type Fault = {
  kind: FaultKind;
  next?: number;
  recipient?: string;
  blocks?: number;
  node?: string;
  ms?: number;
};
export type ScheduledFault = Pick<Fault, "blocks" | "node" | "ms"> & {
  kind: FaultKind;
  remaining: number | null;
  recipient: string | null;
};
export type Faults = ReturnType<typeof createFaults>;
/** Faults that hit one transaction. */
export type Hit = ReadonlyMap<FaultKind, ScheduledFault>;

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
    take(recipient: string | null): Hit {
      const hit = new Map<FaultKind, ScheduledFault>();
      for (const fault of scheduled) {
        const isOther = fault.recipient !== null && fault.recipient !== recipient;
        if (!isTransactionFault(fault.kind) || hit.has(fault.kind) || isOther) continue;
        hit.set(fault.kind, fault);
        if (fault.remaining !== null) fault.remaining -= 1;
      }
      scheduled = scheduled.filter((fault) => fault.remaining !== 0);
      return hit;
    },
    /** What is wrong with a node. */
    ofNode: (node: string): Hit =>
      new Map(
        scheduled
          .filter(({ kind }) => isNodeFault(kind))
          .filter((fault) => fault.node === undefined || fault.node === node)
          .map((fault) => [fault.kind, fault]),
      ),
    isKeyMoved: (address: string): boolean =>
      scheduled.some(({ kind, recipient }) => kind === "key_moved" && recipient === address),
    skewMs: (): number =>
      scheduled.reduce(
        (total, { kind, ms = 0 }) => (kind === "clock_skew" ? total + ms : total),
        0,
      ),
  };
}

const isTransactionFault = (kind: FaultKind): boolean =>
  TRANSACTION_FAULTS.some((known) => known === kind);
const isNodeFault = (kind: FaultKind): boolean => NODE_FAULTS.some((known) => known === kind);

function toScheduled(fault: Fault): ScheduledFault {
  const { kind, next, recipient, blocks, node, ms } = fault;
  if (!FAULT_KINDS.includes(kind))
    throw new RangeError(`fault: kind must be one of ${FAULT_KINDS.join(", ")}`);
  if (next !== undefined && (!Number.isSafeInteger(next) || next < 1))
    throw new RangeError("fault: next must be a whole number of transactions, at least 1");
  if (blocks !== undefined && (!Number.isSafeInteger(blocks) || blocks < 1))
    throw new RangeError("fault: blocks must be a whole number of blocks, at least 1");
  if (node !== undefined && typeof node !== "string")
    throw new RangeError("fault: node must be the name of a node");
  if ((kind === "clock_skew") !== Number.isSafeInteger(ms))
    throw new RangeError("fault: ms must be whole milliseconds, and goes with clock_skew only");
  const address = recipient === undefined ? null : parseAddress(recipient);
  if (recipient !== undefined && address === null)
    throw new RangeError("fault: recipient must be a TRON address");
  if (kind === "key_moved" && address === null)
    throw new RangeError("fault: key_moved needs the recipient whose key it is");
  return {
    kind,
    remaining: isTransactionFault(kind) ? (next ?? (address === null ? 1 : null)) : null,
    recipient: address,
    ...(blocks !== undefined && { blocks }),
    ...(node !== undefined && { node }),
    ...(ms !== undefined && { ms }),
  };
}
