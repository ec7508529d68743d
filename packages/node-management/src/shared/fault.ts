export { Fault } from "@lucid/platform/fault";
