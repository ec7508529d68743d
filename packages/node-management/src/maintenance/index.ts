import { maintenanceCollection } from "./documents.ts";

export type { MaintenanceService } from "./contract.ts";
export { registerMaintenanceRoutes } from "./routes.ts";
export { createMaintenanceAdopter } from "./adopt.ts";
export { createMaintenance } from "./service.ts";

export const maintenanceCollections = [maintenanceCollection];
