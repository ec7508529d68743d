export { bindStore, checkClock } from "./checks.ts";
export { createSlotChore } from "./chores.ts";
export { createNodeCounts } from "./counts.ts";
export { networkCollection, networkCollections } from "./documents.ts";
export { createFiguresChore } from "./figures.ts";
export { createOutlookChore } from "./outlook.ts";
export { registerReadiness } from "./readiness.ts";
export { registerNetworkRoutes, type PayView } from "./routes.ts";
export { beginRestore, endRestore } from "./restoring.ts";
