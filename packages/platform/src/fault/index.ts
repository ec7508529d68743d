export { Fault } from "./fault.ts";
