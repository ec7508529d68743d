import { maintenanceCollection } from "./documents.ts";

export type { MaintenanceService } from "./contract.ts";
export { registerMaintenanceRoutes } from "./routes.ts";
export { createMaintenance } from "./service.ts";

export const maintenanceCollections = [maintenanceCollection];
