import { resourceHourCollection, resourceWatchCollection } from "./documents.ts";

export type { Resources } from "./contract.ts";
export { createAlertsChore, createResourcesChore } from "./chore.ts";
export { registerResourceRoutes } from "./routes.ts";
export { createResources } from "./service.ts";

export const resourcesCollections = [resourceHourCollection, resourceWatchCollection];
