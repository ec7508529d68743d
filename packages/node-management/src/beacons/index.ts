import {
  commitmentCollection,
  equivocationCollection,
  excuseCollection,
  listeningCollection,
  segmentCollection,
} from "./documents.ts";

export type * from "./contract.ts";
export { createBeaconsAdopters } from "./adopt.ts";
export { framedBeacon } from "./leaves.ts";
export { createBeacons, type BeaconsService } from "./service.ts";
export { registerBeaconRoutes } from "./routes.ts";

export const beaconsCollections = [
  commitmentCollection,
  equivocationCollection,
  excuseCollection,
  listeningCollection,
  segmentCollection,
];
