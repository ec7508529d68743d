import { answeredChallengeCollection, revocationCollection } from "./documents.ts";

export { createAccess, type Access, type AccessDeps, type Members } from "./service.ts";
export { createAuthenticate } from "./authenticate.ts";
export { createOutsideIssuers } from "./outside.ts";
export { mayCall, type OwnerOfNode, withOwnership } from "./own.ts";
export { createAccessRetentionChore, createRevocationsChore } from "./chore.ts";
export { createRevocations, type Revocations } from "./revocations.ts";
export { registerAccessRoutes } from "./routes.ts";
export { createServiceToken } from "./service-token.ts";
export { registerSessionRoutes } from "./session-routes.ts";

export const accessCollections = [revocationCollection, answeredChallengeCollection];
