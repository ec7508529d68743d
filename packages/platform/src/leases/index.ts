export { leaseCollection, type LeaseDocument } from "./documents.ts";
export { createLeases, type LeasesOptions } from "./leases.ts";
export type { Lease, Leases } from "./port.ts";
