export { loadServiceConfig } from "./config.ts";
export { runServices } from "./up.ts";
