export { RECORD_ORDER } from "./order.ts";
export { dataProblems, parseRecord } from "./parse.ts";
export type {
  AddressChange,
  AddressChangeCancellation,
  AuditRoot,
  Commitment,
  Excuse,
  KeyChange,
  Maintenance,
  PayoutRecord,
  RecordData,
  RecordType,
  SealedRecord,
  Seat,
  StandingRecord,
} from "./types.ts";
