export { createCosigner } from "./cosigner.ts";
export { registerCosignRoutes } from "./routes.ts";
