export { describeAlert, describeThresholds, describeWatched } from "./describe.ts";
export {
  changeThresholds,
  type ThresholdOptions,
  type Thresholds,
  withThresholds,
} from "./thresholds.ts";
