import { auditCollection, auditRootCollection } from "./documents.ts";

export { createAudit, type Audit } from "./service.ts";
export { withAudit } from "./record.ts";
export { createAuditRoots } from "./roots.ts";
export { createAuditAdopter } from "./adopt.ts";
export { createAuditSource } from "./source.ts";
export { createAuditChore } from "./chore.ts";
export { registerAuditRoutes } from "./routes.ts";

export const auditCollections = [auditCollection, auditRootCollection];
