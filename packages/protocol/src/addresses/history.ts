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
  return takenOver(history, atMs).at(-1) ?? history.first;
}

/** What an address is to the owner at a moment (Unix ms). */
export function addressUse(history: AddressHistory, address: string, atMs: number): AddressUse {
  const inForce = [history.first, ...takenOver(history, atMs)];
  if (inForce.at(-1) === address) return "in_force";
  if (inForce.includes(address)) return "left";
  const isPending = history.changes.some(
    (placed) => placed.change.new_address === address && isWaiting(placed, atMs),
  );
  return isPending ? "pending" : "none";
}

/**
 * The new addresses that took force by a moment, one after the other: changes in the order in which their delays end,
 * each only if the address that it leaves is in force then.
 */
function takenOver({ first, changes }: AddressHistory, atMs: number): string[] {
  const over = changes
    .filter(({ endsMs, cancelledMs }) => cancelledMs === null && endsMs <= atMs)
    .toSorted((a, b) => a.endsMs - b.endsMs || a.change.seq - b.change.seq);
  const taken: string[] = [];
  for (const { change } of over)
    if (change.old_address === (taken.at(-1) ?? first)) taken.push(change.new_address);
  return taken;
}

function isWaiting({ fromMs, endsMs, cancelledMs }: PlacedChange, atMs: number): boolean {
  return fromMs <= atMs && atMs < Math.min(endsMs, cancelledMs ?? Infinity);
}
