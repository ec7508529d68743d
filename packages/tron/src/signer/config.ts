import { type ConfigValues, defineConfig } from "@lucid/platform/config";
import { logLevels } from "@lucid/platform/log";
import { addressForm, tronSettings } from "../settings.ts";

const hexKey = /^[0-9a-f]{64}$/;
const usdt = (whole: number): bigint => BigInt(whole) * 1_000_000n;

/** Every setting of the signer; docs/configuration.md is made from it. */
export const configSchema = defineConfig({
  SIGNER_DATA_PATH: {
    type: "path",
    default: "./signer",
    description:
      "Folder of the signer alone: its settings (signer.yaml), the wallet's key, the journal, what it read of the log.",
  },
  SIGNER_SOCKET: {
    type: "path",
    optional: true,
    description:
      "Unix socket to answer on, in a folder of its own; run/signer.sock in the data folder if not set.",
  },
  SIGNER_SOCKET_GROUP: {
    type: "integer",
    minimum: 0,
    maximum: 4_294_967_294,
    optional: true,
    description:
      "Id of the group that may ask, for a node-management under another user id; without it only the signer's own user.",
  },
  SIGNER_KEY_FILE: {
    type: "path",
    optional: true,
    description:
      "File of the wallet's key (64 hex digits, mode 0600); wallet.key in the data folder if not set.",
  },
  NODE_ADDRESS: {
    type: "string",
    ...addressForm,
    description: "Address of the wallet that pays; the key must match it.",
  },
  SIGNER_MARK_FILE: {
    type: "path",
    optional: true,
    description:
      "Second file of the journal, best on another disk: it tells that the journal was put back. Without it (journal.sqlite.mark in the data folder is used) a start is followed by SIGNER_MAX_LIFETIME in which nothing new is signed.",
  },
  SIGNER_MAX_LIFETIME: {
    type: "integer",
    unit: "s",
    default: 600,
    minimum: 60,
    maximum: 90_000,
    description: "How long a transfer that is signed may be able to get into the chain.",
  },
  SIGNER_NETWORK_ID: {
    type: "string",
    pattern: hexKey,
    example: "64 lower-case hex digits",
    description: "The network whose payouts are signed (hash of network.json).",
  },
  SIGNER_LOG_URL: {
    type: "url",
    description:
      "Where the signer reads the public log itself: a block-manager, best a follower that others run.",
  },
  SIGNER_LOG_KEY: {
    type: "string",
    pattern: hexKey,
    example: "64 lower-case hex digits",
    optional: true,
    description:
      "Public key that signs checkpoints, where a change of keys has replaced the one of network.json.",
  },
  SIGNER_DELAY_SLOTS: {
    type: "integer",
    unit: "slots",
    default: 30,
    minimum: 0,
    maximum: 100_000,
    description: "How long a debit lies open in the public log before it is signed for.",
  },
  TRON_NETWORK: {
    type: "enum",
    values: ["local", "nile", "mainnet"],
    description: "The chain that pays. `mainnet` needs two endpoints on different hosts.",
  },
  ...tronSettings,
  SIGNER_MAX_PAYOUT_USDT: {
    type: "usdt",
    default: usdt(10_000),
    description: "The most that one payout may take from the wallet.",
  },
  SIGNER_HOUR_CAP_USDT: {
    type: "usdt",
    default: usdt(10_000),
    description: "The most that is signed within any 60 minutes.",
  },
  SIGNER_DAY_CAP_USDT: {
    type: "usdt",
    default: usdt(10_000),
    description: "The most that is signed within any 24 hours.",
  },
  SIGNER_DAY_COUNT: {
    type: "integer",
    default: 100,
    minimum: 0,
    description: "The most payouts that are signed within any 24 hours.",
  },
  SIGNER_MAX_FEE_TRX: {
    type: "integer",
    unit: "TRX",
    default: 200,
    minimum: 1,
    maximum: 15_000,
    description: "The most that one transfer may burn.",
  },
  LOG_LEVEL: { type: "enum", values: logLevels, default: "info", description: "What is logged." },
});

export type SignerConfig = ConfigValues<typeof configSchema>;
