export { createNodeManagement, type NodeManagement, type NodeManagementDeps } from "./app.ts";
export { configSchema, type NodeManagementConfig } from "./config.ts";
export { serviceInfo } from "./info.ts";
