export { type ExitCodes, exitCodeIn } from "./exit-code.ts";
export { isHealthy } from "./is-healthy.ts";
export { leanEnvironment } from "./lean.ts";
export { runService } from "./run-service.ts";
export { readServiceConfig, settingFlags } from "./service-config.ts";
export { serviceSettings } from "./settings.ts";
