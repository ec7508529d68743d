export type { AuditLine } from "./audit-check.ts";
export { issueAdminToken, type KeyedPlace, type Place, signInAsAdmin } from "./sign-in.ts";
