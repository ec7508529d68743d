export type { Holds } from "./contract.ts";
export { type HoldDocument, holdsCollections } from "./documents.ts";
export { holdToView, registerHoldRoutes } from "./routes.ts";
export { createHolds, type HoldsDeps } from "./service.ts";
export { holdToWords } from "./words.ts";
