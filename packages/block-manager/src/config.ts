import { type ConfigValues, defineConfig, hostForm, publicKeyForm } from "@lucid/platform/config";
import { serviceSettings } from "@lucid/platform/program";

/** The section of lucid.yaml that holds these settings. */
export const configSection = "block_manager";

/** Every setting of block-manager; docs/configuration.md is made from it. */
export const configSchema = defineConfig({
  BLOCK_MANAGER_HOST: {
    type: "string",
    ...hostForm,
    default: "0.0.0.0",
    description: "Address of this machine to listen on; how others reach it is BLOCK_MANAGER_URL.",
  },
  BLOCK_MANAGER_PORT: {
    type: "integer",
    default: 8086,
    minimum: 0,
    maximum: 65_535,
    description: "Port of the API and of the log's files; 0 takes a free one.",
  },
  ...serviceSettings,
  LUCID_DATA_PATH: {
    type: "path",
    default: "./data",
    description: "Folder with network.json and keys; the log is kept in `log` below it.",
  },
  BLOCK_MANAGER_MODE: {
    type: "enum",
    values: ["append", "follow"],
    default: "append",
    description:
      "`append` makes blocks of sealed slots, `follow` mirrors and verifies another log.",
  },
  BLOCK_MANAGER_PEERS: {
    type: "list",
    item: "url",
    default: [],
    description:
      "Other block-managers of this log: what a follower mirrors; for `append`, followers that may hold more, and damaged files again.",
  },
  NETWORK_KEY_FILE: {
    type: "path",
    optional: true,
    description:
      "File of the key that signs headers; keys/network.key in the data folder if not set.",
  },
  LOG_KEY_FILE: {
    type: "path",
    optional: true,
    description:
      "File of the key that signs checkpoints; keys/log.key in the data folder if not set.",
  },
  TOKEN_KEYS: {
    type: "list",
    ...publicKeyForm,
    default: [],
    description:
      "Public keys (64 hex digits each) that sign tokens; that of keys/token.key in the data folder if not set.",
  },
  WITNESS_KEYS: {
    type: "list",
    pattern: /^[^\s+]+\+[0-9a-f]{8}\+[A-Za-z0-9+/=]+$/,
    example: "name+0a1b2c3d+AQ…",
    default: [],
    description:
      "Verifier keys of outside witnesses (name+id+base64, C2SP signed-note) whose cosignatures are published, first ones first.",
  },
});

export type BlockManagerConfig = ConfigValues<typeof configSchema>;
