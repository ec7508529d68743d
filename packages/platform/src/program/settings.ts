import { hostForm, hostNameForm, originForm } from "../config/index.ts";
import { logLevels } from "../log/index.ts";

/** Settings that every service has: who may call it, where its metrics are, what it logs. */
export const serviceSettings = {
  METRICS_HOST: {
    type: "string",
    ...hostForm,
    default: "127.0.0.1",
    description: "Address to serve metrics on.",
  },
  METRICS_PORT: {
    type: "integer",
    default: 9090,
    minimum: 0,
    maximum: 65_535,
    description:
      "Port of the metrics (Prometheus, /metrics); 0 takes a free one. `lucid up` gives block-manager the one after node-management's.",
  },
  LOG_LEVEL: { type: "enum", values: logLevels, default: "info", description: "What is logged." },
  CORS_ORIGINS: {
    type: "list",
    ...originForm,
    default: [],
    description:
      "Origins whose pages may call the API, like https://example.org; the log's files that block-manager serves are open to all.",
  },
  TRUSTED_HOSTS: {
    type: "list",
    ...hostNameForm,
    default: [],
    description: "Host names that are answered to; empty means any. Loopback names always work.",
  },
  TRUST_PROXY: {
    type: "boolean",
    default: false,
    description:
      "Whether a proxy in front tells callers' addresses (X-Forwarded-For, of which the last entry counts).",
  },
} as const;
