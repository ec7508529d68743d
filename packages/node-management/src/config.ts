import { type ConfigValues, defineConfig } from "@lucid/platform/config";
import { logLevels } from "@lucid/platform/log";

const hexKey = /^[0-9a-f]{64}$/;

/** Sections of lucid.yaml that other programs read. */
export const otherSections = ["block_manager"] as const;

/** Every setting of node-management; docs/configuration.md is made from it. */
export const configSchema = defineConfig({
  NODE_MANAGEMENT_HOST: {
    type: "string",
    default: "0.0.0.0",
    description: "Address of this machine to listen on.",
  },
  NODE_MANAGEMENT_PORT: {
    type: "integer",
    default: 8095,
    minimum: 0,
    maximum: 65_535,
    description: "Port of the API and the console; 0 takes a free one.",
  },
  METRICS_HOST: {
    type: "string",
    default: "127.0.0.1",
    description: "Address to serve metrics on.",
  },
  METRICS_PORT: {
    type: "integer",
    default: 9090,
    minimum: 0,
    maximum: 65_535,
    description: "Port of the metrics (Prometheus, /metrics); 0 takes a free one.",
  },
  LUCID_DATA_PATH: {
    type: "path",
    default: "./data",
    description: "Folder that `lucid init` made: network.json, policy.json, keys and the store.",
  },
  BLOCK_MANAGER_URL: {
    type: "url",
    default: "http://127.0.0.1:8086",
    description: "Where block-manager is, which appends sealed slots to the log.",
  },
  MONGODB_URI: {
    type: "string",
    optional: true,
    secret: true,
    description:
      "Where documents are kept instead of the embedded store, like mongodb://user:password@host:27017/lucid.",
  },
  LOG_LEVEL: { type: "enum", values: logLevels, default: "info", description: "What is logged." },
  CORS_ORIGINS: {
    type: "list",
    default: [],
    description: "Origins whose pages may call the API, like https://example.org.",
  },
  TRUSTED_HOSTS: {
    type: "list",
    default: [],
    description: "Host names that are answered to; empty means any. Loopback names always work.",
  },
  TRUST_PROXY: {
    type: "boolean",
    default: false,
    description: "Whether a proxy in front tells callers' addresses (X-Forwarded-For).",
  },
  ADMIN_KEYS: {
    type: "list",
    default: [],
    description: "Public keys (64 hex digits each) of people with the role admin.",
  },
  TOKEN_KEY_FILE: {
    type: "path",
    optional: true,
    description: "File of the key that signs tokens; keys/token.key in the data folder if not set.",
  },
  TRON_NETWORK: {
    type: "enum",
    values: ["none", "local", "nile"],
    default: "none",
    description: "The chain that pays: `none` keeps the books and pays nobody.",
  },
  TRON_ENDPOINTS: {
    type: "list",
    item: "url",
    default: [],
    description:
      "Nodes of the chain; two of different operators let payouts expire without a person.",
  },
  TRON_HISTORY: {
    type: "url",
    optional: true,
    description:
      "An account history in TronGrid's form: a second source for what left the wallets, besides the nodes' own logs.",
  },
  TRON_API_KEY: {
    type: "string",
    optional: true,
    secret: true,
    description: "Key for hosted nodes of the chain.",
  },
  TRON_TOKEN: {
    type: "string",
    optional: true,
    description: "Address of the USDT contract; `local` only.",
  },
  TRON_GENESIS_BLOCK: {
    type: "string",
    pattern: hexKey,
    optional: true,
    description: "Id of block 0 of the chain; `local` only.",
  },
  TREASURY_KEY_FILE: {
    type: "path",
    optional: true,
    description:
      "File of the wallet's key (64 hex digits); keys/treasury.key in the data folder if not set.",
  },
  SIGNER_SOCKET: {
    type: "path",
    optional: true,
    description:
      "Unix socket of `lucid signer`, which then holds the key instead of this service; needs NODE_ADDRESS, and no TREASURY_KEY_FILE.",
  },
  NODE_ADDRESS: {
    type: "string",
    optional: true,
    description: "Address of the wallet that pays; the key must match it.",
  },
  PAYOUT_PROCESSING_INTERVAL: {
    type: "integer",
    unit: "s",
    default: 3600,
    minimum: 1,
    maximum: 86_400,
    description: "How often payouts are run.",
  },
  MAX_NODES_PER_POOL: {
    type: "integer",
    minimum: 1,
    maximum: 100,
    optional: true,
    seedOnly: true,
    description: "Places in a pool.",
  },
  PAYOUT_THRESHOLD_USDT: {
    type: "usdt",
    optional: true,
    seedOnly: true,
    description: "Balance from which on an owner is paid.",
  },
  PAYOUT_PROCESSING_FEE_PERCENT: {
    type: "string",
    pattern: /^(100|[0-9]{1,2}(\.[0-9]{1,2})?)$/,
    example: "1",
    optional: true,
    seedOnly: true,
    description: "Fee of a payout in percent, at most two decimals.",
  },
  PAYOUT_MIN_AMOUNT_USDT: {
    type: "usdt",
    optional: true,
    seedOnly: true,
    description: "Smallest payout.",
  },
  PAYOUT_MAX_AMOUNT_USDT: {
    type: "usdt",
    optional: true,
    seedOnly: true,
    description: "Largest payout.",
  },
});

export type NodeManagementConfig = ConfigValues<typeof configSchema>;
