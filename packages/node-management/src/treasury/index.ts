export { createReconciliationChore } from "./chore.ts";
export type {
  Attempt,
  Attempts,
  Attribution,
  AttributionWord,
  Difference,
  DifferenceKind,
  GateVerdict,
  Treasury,
} from "./contract.ts";
export { type RecordDocument, treasuryCollections } from "./documents.ts";
export { registerTreasuryRoutes } from "./routes.ts";
export { findBlockAt } from "./read.ts";
export { readWallets } from "./start.ts";
export { createTreasury, type TreasuryDeps } from "./service.ts";
