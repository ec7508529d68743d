export { createSettlementChore } from "./chore.ts";
export type { Epochs } from "./contract.ts";
export {
  type EpochDocument,
  epochResultsCollection,
  type EpochResultDocument,
  epochsCollection,
  excusesCollection,
} from "./documents.ts";
export { registerEpochRoutes } from "./routes.ts";
export { createEpochs } from "./service.ts";
