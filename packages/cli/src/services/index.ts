export { loadServiceConfig, settingsTable } from "./config.ts";
export { runServices } from "./up.ts";
