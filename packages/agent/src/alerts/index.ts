export { describeAlert } from "./describe.ts";
export { tellThresholds, tellWatched } from "./tell.ts";
export {
  changeThresholds,
  resetThresholds,
  type ThresholdOptions,
  withThresholds,
} from "./thresholds.ts";
