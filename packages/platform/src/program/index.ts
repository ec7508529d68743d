export { type ExitCodes, exitCodeIn } from "./exit-code.ts";
export { type HealthPlace, isHealthy } from "./is-healthy.ts";
export { leanEnvironment } from "./lean.ts";
export { runService, type ServiceProgram } from "./run-service.ts";
export { readServiceConfig, type ServiceSources, settingFlags } from "./service-config.ts";
export { serviceSettings } from "./settings.ts";
