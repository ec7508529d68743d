export { createNodeManagement, type NodeManagement, type NodeManagementDeps } from "./app.ts";
export { configSchema, type NodeManagementConfig, otherSections } from "./config.ts";
export { exitCodeOf } from "./exit-code.ts";
export { serviceInfo } from "./info.ts";
