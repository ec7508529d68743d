import type { ErrorCode } from "@lucid/api";
import {
  type AddressChange,
  addressDelayMs,
  type AddressHistory,
  type CancellationRefusal,
  type ChangeRefusal,
} from "@lucid/protocol";
import type { Refusal } from "./contract.ts";

export const refuse = (code: ErrorCode, detail: string): Refusal => ({
  outcome: "refused",
  code,
  detail,
});

/** The API's codes for what the address book says about a change, and the field that it is about. */
export const codeOfChange: Record<ChangeRefusal, readonly [ErrorCode, pointer: string]> = {
  unknown_owner: ["owners.unknown", "/owner_id"],
  seq: ["addresses.seq", "/seq"],
  old_address: ["addresses.old_address", "/old_address"],
  new_address: ["addresses.new_address", "/new_address"],
};

export const codeOfCancellation: Record<CancellationRefusal, ErrorCode> = {
  no_change: "addresses.no_change",
  with_old_wallet: "addresses.with_old_wallet",
  over: "addresses.over",
};

/** The waiting change that takes force before one made now would, which then leaves an address left behind. */
export const findOvertaker = (
  history: AddressHistory,
  change: AddressChange,
  fromMs: number,
): AddressChange | null => {
  const endsMs = fromMs + addressDelayMs(change);
  const first = history.changes.find(
    (placed) =>
      placed.cancelledMs === null &&
      placed.change.old_address === change.old_address &&
      placed.endsMs > fromMs &&
      placed.endsMs <= endsMs,
  );
  return first?.change ?? null;
};
