export { createSettlementChore } from "./chore.ts";
export type { Epochs } from "./contract.ts";
export { type EpochDocument, type EpochResultDocument, epochsCollections } from "./documents.ts";
export { registerBoardRoutes } from "./board-routes.ts";
export { registerEpochRoutes } from "./routes.ts";
export { createEpochsAdopters } from "./adopt.ts";
export { createEpochs } from "./service.ts";
export { createEpochClosedSource, createEpochResultSource } from "./source.ts";
