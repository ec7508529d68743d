export { verifyLedger } from "./at-rest.ts";
export type { Binding, BindVerdict } from "./binding.ts";
export { ledgerCollections } from "./documents.ts";
export { registerLedgerRoutes } from "./routes.ts";
export type { Appended, EntryRequest, IntegrityAlarm } from "./rules.ts";
export { createLedger, type Ledger } from "./service.ts";
export { createLedgerSource } from "./source.ts";
export type { Totals } from "./totals.ts";
export { findBreach, type LedgerVerdict } from "./verify.ts";
