import { loadConfig } from "@lucid/platform/config";
import { configSchema, type NodeManagementConfig } from "@lucid/node-management";

/** The settings of a service on a data folder, on free ports of this machine; on MongoDB where a URI is given. */
export const benchConfig = (directory: string, mongodbUri?: string): NodeManagementConfig =>
  loadConfig(configSchema, {
    flags: {
      "lucid-data-path": directory,
      "node-management-host": "127.0.0.1",
      "node-management-port": "0",
      "metrics-port": "0",
      "log-level": "error",
      // Nobody's log: what is sealed waits.
      "block-manager-url": "http://127.0.0.1:9",
    },
    env: mongodbUri === undefined ? {} : { MONGODB_URI: mongodbUri },
  }).values;
