import {
  type ConfigValues,
  defineConfig,
  hostForm,
  publicKeyForm,
  redisForm,
  signatureForm,
} from "@lucid/platform/config";
import { serviceSettings } from "@lucid/platform/program";
import { addressForm, tronSettings } from "@lucid/tron";

/** Sections of lucid.yaml that other programs read. */
export const otherSections = ["block_manager"] as const;

/** Every setting of node-management; docs/configuration.md is made from it. */
export const configSchema = defineConfig({
  NODE_MANAGEMENT_HOST: {
    type: "string",
    ...hostForm,
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
  ...serviceSettings,
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
    pattern: /^mongodb(\+srv)?:\/\/[^\s/]+/,
    example: "mongodb://user:password@host:27017/lucid",
    optional: true,
    secret: true,
    description:
      "Where documents are kept instead of the embedded store, like mongodb://user:password@host:27017/lucid.",
  },
  REDIS_URL: {
    type: "string",
    ...redisForm,
    optional: true,
    secret: true,
    description:
      "Redis, through which several replicas share limits and live events, like redis://user:password@host:6379/0. Nothing is lost with it.",
  },
  DRAIN_SECONDS: {
    type: "integer",
    unit: "s",
    default: 0,
    minimum: 0,
    maximum: 60,
    description:
      "How long it goes on answering, no longer ready, after it was told to stop, so that a balancer in front of several replicas sends it nothing more.",
  },
  ADMIN_KEYS: {
    type: "list",
    ...publicKeyForm,
    default: [],
    description: "Public keys (64 hex digits each) of people with the role admin.",
  },
  OPERATOR_KEYS: {
    type: "list",
    ...publicKeyForm,
    default: [],
    description: "Public keys of people with the role operator: nodes, pools and flags.",
  },
  TREASURER_KEYS: {
    type: "list",
    ...publicKeyForm,
    default: [],
    description: "Public keys of people with the role treasurer: payouts and the treasury.",
  },
  AUDITOR_KEYS: {
    type: "list",
    ...publicKeyForm,
    default: [],
    description: "Public keys of people with the role auditor: reads everything, changes nothing.",
  },
  TOKEN_KEY_FILE: {
    type: "path",
    optional: true,
    description: "File of the key that signs tokens; keys/token.key in the data folder if not set.",
  },
  NETWORK_KEY_FILE: {
    type: "path",
    optional: true,
    description:
      "File of the network's key, which signs commands to nodes; keys/network.key in the data folder if not set. Without it nodes are sent no commands.",
  },
  PREVIOUS_TOKEN_KEYS: {
    type: "list",
    ...publicKeyForm,
    default: [],
    description:
      "Public keys (64 hex digits each) that signed tokens before TOKEN_KEY_FILE; take them out an hour after the change.",
  },
  JWT_SECRET: {
    type: "string",
    pattern: /^.{32,}$/,
    example: "a secret of at least 32 bytes",
    optional: true,
    secret: true,
    description:
      "Secret of at least 32 bytes: tokens of people that it signed (HS256) count, with JWT_ISSUER and JWT_AUDIENCE.",
  },
  PREVIOUS_JWT_SECRET: {
    type: "string",
    pattern: /^.{32,}$/,
    example: "a secret of at least 32 bytes",
    optional: true,
    secret: true,
    description: "The secret before JWT_SECRET; what it signed counts until it expires.",
  },
  JWKS_URL: {
    type: "url",
    optional: true,
    description:
      "Where a sign-in service publishes its keys (JWKS): tokens of people that it signed count; needs JWT_ISSUER.",
  },
  JWKS_ALGORITHMS: {
    type: "list",
    ...signatureForm,
    default: ["EdDSA", "ES256", "RS256"],
    description:
      "Algorithms that the sign-in service may sign with: EdDSA, Ed25519, or RS, PS and ES with 256, 384 or 512; none but those with a public key.",
  },
  JWT_ISSUER: {
    type: "string",
    optional: true,
    description: "The `iss` of tokens from outside; the network id if not set.",
  },
  JWT_AUDIENCE: {
    type: "string",
    optional: true,
    description: "The `aud` of tokens from outside; the network id if not set.",
  },
  JWT_ROLES_CLAIM: {
    type: "string",
    default: "roles",
    description: "The claim that names roles, as a path like realm_access.roles.",
  },
  JWT_ROLES: {
    type: "list",
    pattern: /^[^=\s]+=(operator|treasurer|admin|auditor)$/,
    example: "ops-team=operator",
    default: [],
    description:
      "What the claim's values mean: operator, treasurer, admin or auditor; empty takes these by their own names.",
  },
  TRON_NETWORK: {
    type: "enum",
    values: ["none", "local", "nile", "mainnet"],
    default: "none",
    description:
      "The chain that pays: `none` keeps the books and pays nobody; on `mainnet` nothing is signed before `lucid payouts enable`.",
  },
  ...tronSettings,
  TRON_REHEARSAL: {
    type: "boolean",
    default: false,
    description:
      "Asks the same of `local` or `nile` as of mainnet: a signer of its own, and checks before anything is signed.",
  },
  TRON_HISTORY: {
    type: "url",
    optional: true,
    description:
      "An account history in TronGrid's form: a second source for what left the wallets, besides the nodes' own logs.",
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
    ...addressForm,
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
