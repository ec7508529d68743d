export { bindPayer, type PayerVerdict } from "./bind.ts";
export { createPayoutsChore } from "./chore.ts";
export type { Payer, Payouts, PayoutsOptions, PayoutsState } from "./contract.ts";
export { payoutsCollections } from "./documents.ts";
export { registerOwnerRoutes } from "./owner-routes.ts";
export { registerPayoutRoutes } from "./routes.ts";
export { createPayouts, type PayoutsDeps } from "./service.ts";
export { makeStatement, type Statement, type StatementRange } from "./statement.ts";
export { payoutsOptions } from "./options.ts";
