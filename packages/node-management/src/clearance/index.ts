export type { Clearance, Funds, PayerSetup } from "./contract.ts";
export { clearanceCollections } from "./documents.ts";
export { type ClearanceRoutesDeps, registerClearanceRoutes } from "./routes.ts";
export { createClearance } from "./service.ts";
export { describeSigner } from "./signer-view.ts";
