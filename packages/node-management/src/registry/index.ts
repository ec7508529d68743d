import {
  addressClaimCollection,
  nodeCollection,
  ownerCollection,
  standingCollection,
} from "./documents.ts";

export type * from "./contract.ts";
export type { ClaimAddress } from "./claims.ts";
export type { AddressFact, OwnerAddresses, StoredAddressFact } from "./owner-addresses.ts";
export { createRegistry, type RegistryService } from "./service.ts";
export { createRegistryAdopters } from "./adopt.ts";
export { inLogOrder } from "./load.ts";
export { registerNodeRoutes } from "./routes.ts";
export { createStatusOf, type NodeStatus, type StatusOf } from "./status.ts";

export const registryCollections = [
  nodeCollection,
  ownerCollection,
  addressClaimCollection,
  standingCollection,
];
