export { type ServiceProcess, startProcess } from "./process.ts";
