import type { AddressChange } from "../records/types.ts";

/** A change that was sealed and not refused: it waits from `fromMs` to `endsMs` unless it is cancelled before. */
export type PlacedChange = {
  change: AddressChange;
  fromMs: number;
  endsMs: number;
  cancelledMs: number | null;
};

/** An owner's first address and its changes, in the order of the log. */
export type AddressHistory = { first: string; changes: PlacedChange[] };

/** What an address is to an owner at a moment. */
export type AddressUse = "in_force" | "pending" | "left" | "none";

/** The address in force at a moment (Unix ms). */
export function addressInForce(history: AddressHistory, atMs: number): string {
  return takenOver(history, atMs).at(-1)?.change.new_address ?? history.first;
}

/** What became of a change by a moment. */
export type ChangeState = "pending" | "in_force" | "left" | "cancelled" | "void";

/**
 * What became of a change of the history by a moment (Unix ms): `void` once the address that it leaves is one that was
 * left behind before it, `left` once another change followed it.
 */
export function changeState(
  history: AddressHistory,
  placed: PlacedChange,
  atMs: number,
): ChangeState {
  if (placed.cancelledMs !== null && placed.cancelledMs <= atMs) return "cancelled";
  const over = takenOver(history, atMs);
  if (over.at(-1) === placed) return "in_force";
  if (over.includes(placed)) return "left";
  const isOpen = addressInForce(history, atMs) === placed.change.old_address;
  return isOpen && atMs < placed.endsMs ? "pending" : "void";
}

/** What an address is to the owner at a moment (Unix ms). */
export function addressUse(history: AddressHistory, address: string, atMs: number): AddressUse {
  const taken = takenOver(history, atMs).map(({ change }) => change.new_address);
  const inForce = [history.first, ...taken];
  if (inForce.at(-1) === address) return "in_force";
  if (inForce.includes(address)) return "left";
  const isPending = history.changes.some(
    (placed) => placed.change.new_address === address && isWaiting(placed, atMs),
  );
  return isPending ? "pending" : "none";
}

/**
 * The changes that took force by a moment, one after the other: in the order in which their delays end, each only if
 * the address that it leaves is in force then.
 */
function takenOver({ first, changes }: AddressHistory, atMs: number): PlacedChange[] {
  if (changes.length === 0) return [];
  const over = changes
    .filter(({ endsMs, cancelledMs }) => cancelledMs === null && endsMs <= atMs)
    .toSorted((a, b) => a.endsMs - b.endsMs || a.change.seq - b.change.seq);
  const taken: PlacedChange[] = [];
  for (const placed of over)
    if (placed.change.old_address === (taken.at(-1)?.change.new_address ?? first))
      taken.push(placed);
  return taken;
}

function isWaiting({ fromMs, endsMs, cancelledMs }: PlacedChange, atMs: number): boolean {
  return fromMs <= atMs && atMs < Math.min(endsMs, cancelledMs ?? Infinity);
}
