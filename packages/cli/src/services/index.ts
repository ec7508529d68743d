export { loadServicesConfig, logRows, settingsTable } from "./config.ts";
export { runServices } from "./up.ts";
