import { policyCollection } from "./documents.ts";

export type * from "./contract.ts";
export { createPolicies } from "./service.ts";
export { seedProblems, type PolicySeeds } from "./seeds.ts";
export { createPolicyAdopter } from "./adopt.ts";
export { createPolicySource } from "./source.ts";
export { registerPolicyRoutes } from "./routes.ts";

export const policyCollections = [policyCollection] as const;
