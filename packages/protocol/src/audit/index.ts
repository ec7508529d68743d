export { auditLineHash, auditRootOf } from "./root.ts";
