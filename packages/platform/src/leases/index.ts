export { leaseCollection } from "./documents.ts";
export { createLeases } from "./leases.ts";
export type { Lease, Leases } from "./port.ts";
