export type { Lease, Leases } from "./port.ts";
