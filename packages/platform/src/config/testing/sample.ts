import { ConfigError, defineConfig, loadConfig, type ConfigSources } from "../index.ts";

/** A setting of every kind, as tests of loading need them. */
export const schema = defineConfig({
  NODE_MANAGEMENT_PORT: {
    type: "integer",
    default: 8095,
    minimum: 0,
    maximum: 65535,
    description: "Port.",
  },
  LUCID_DATA_PATH: { type: "path", default: "data", description: "Folder." },
  LOG_LEVEL: { type: "enum", values: ["debug", "info"], default: "info", description: "How much." },
  TRUST_PROXY: { type: "boolean", default: false, description: "Proxy." },
  CORS_ORIGINS: { type: "list", item: "url", default: [], description: "Origins." },
  PAYOUT_THRESHOLD_USDT: {
    type: "usdt",
    default: 10_000_000n,
    minimum: 1_000_000n,
    description: "Threshold.",
  },
  PAYOUT_INTERVAL: {
    type: "duration",
    default: 3_600_000,
    minimumMs: 1000,
    unit: "s",
    description: "Interval.",
  },
  DATABASE_URL: { type: "url", protocols: ["mongodb:"], optional: true, description: "Store." },
  TREASURY_KEY: {
    type: "string",
    pattern: /^[0-9a-f]{8}$/,
    secret: true,
    optional: true,
    description: "Key.",
  },
});

/** What is wrong with these sources, as `key: sentence`. */
export const problemsOf = (sources: ConfigSources): string[] => {
  try {
    loadConfig(schema, sources);
  } catch (error) {
    if (error instanceof ConfigError)
      return error.problems.map(({ key, detail }) => `${key}: ${detail}`);
    throw error;
  }
  return [];
};
