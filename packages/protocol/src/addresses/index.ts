export { createAddressBook } from "./book.ts";
export type {
  AddressBook,
  CancellationRefusal,
  ChangeRefusal,
  EnrolmentOwner,
  OwnedAddress,
} from "./book.ts";
export {
  ADDRESS_DELAY_MS,
  addressDelayMs,
  checkAddressChange,
  checkCancellation,
  isCancellation,
} from "./check.ts";
export type { AddressChangeProblem } from "./check.ts";
export { changeState } from "./history.ts";
export type { AddressHistory, AddressUse, ChangeState, PlacedChange } from "./history.ts";
