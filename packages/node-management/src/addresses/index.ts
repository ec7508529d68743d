import { addressCancellationCollection, addressChangeCollection } from "./documents.ts";

export type { Addresses, AddressChangeStatus } from "./contract.ts";
export { readAddressFacts } from "./documents.ts";
export { registerAddressRoutes } from "./routes.ts";
export { createAddressAdopter } from "./adopt.ts";
export { createAddresses } from "./service.ts";
export { changeToView } from "./views.ts";

export const addressesCollections = [addressChangeCollection, addressCancellationCollection];
