import { poolCollection, seatCollection, seatRecordCollection } from "./documents.ts";

export type { Pools } from "./contract.ts";
export { createPoolsAdopter } from "./adopt.ts";
export { createPoolsChore } from "./chore.ts";
export { createPoolHealth } from "./health.ts";
export { registerMemberRoutes } from "./member-routes.ts";
export { registerPoolRoutes } from "./routes.ts";
export { createPools } from "./service.ts";

export const poolsCollections = [poolCollection, seatCollection, seatRecordCollection];
