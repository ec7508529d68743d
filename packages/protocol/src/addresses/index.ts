export { createAddressBook } from "./book.ts";
export type { AddressBook, CancellationRefusal, ChangeRefusal, OwnedAddress } from "./book.ts";
export { addressDelayMs, checkAddressChange, checkCancellation, isCancellation } from "./check.ts";
export { changeState } from "./history.ts";
export type { AddressHistory, ChangeState } from "./history.ts";
