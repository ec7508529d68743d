export { createAccess, type Access, type AccessDeps, type Members } from "./service.ts";
export { registerAccessRoutes } from "./routes.ts";
