export { describeStatus } from "./describe-status.ts";
export { readStatus } from "./read-status.ts";
