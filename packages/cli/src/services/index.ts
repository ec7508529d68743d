export { keepsLog, loadServicesConfig, settingsTable } from "./config.ts";
export { runServices } from "./up.ts";
