export { RECORD_ORDER } from "./order.ts";
export { dataProblems, parseRecord } from "./parse.ts";
export type {
  AddressChange,
  AddressChangeCancellation,
  Commitment,
  KeyChange,
  Maintenance,
  PayoutRecord,
  RecordData,
  RecordType,
  SealedRecord,
  Seat,
  StandingRecord,
} from "./types.ts";
