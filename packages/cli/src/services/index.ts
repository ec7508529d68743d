export {
  keepsLog,
  loadServicesConfig,
  logAddress,
  logRows,
  serviceAddress,
  type ServicesConfig,
  settingsTable,
} from "./config.ts";
export { assertCanFollow, isFollower } from "./follower.ts";
export { runServices } from "./up.ts";
