export type { AuditLine } from "./audit-check.ts";
export { issueAdminToken, signInAsAdmin } from "./sign-in.ts";
