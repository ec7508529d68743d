export { startChild, type Child, type Exit } from "./child.ts";
export { findFreePort } from "./free-port.ts";
export { locatePrograms, refuseMissingPrograms, type Programs } from "./locate.ts";
export { refusalOf } from "./refusal.ts";
