export type { AuditLine } from "./audit-check.ts";
export { issueToken, signInAsAdmin } from "./sign-in.ts";
