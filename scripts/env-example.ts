import type { ConfigSchema, Setting } from "@lucid/platform/config";
import { formatSetting } from "../packages/platform/src/config/format.ts";

/** What deploy/compose.yaml itself reads, with its defaults. */
const composeSettings = `# The images: NAMESPACE/lucid-node-management:VERSION and its neighbours.
#NAMESPACE=pickme
#VERSION=latest

# The network's folder that lucid init made, the one for staging, and the folder of the secrets.
#DATA_FOLDER=./data
#STAGING_FOLDER=./staging
#SECRETS_FOLDER=./secrets
# Where backups go, best another disk.
#BACKUP_FOLDER=./backups

# Address of this machine that the ports are open on: all of them, or 127.0.0.1 behind a proxy.
#API_ADDRESS=

# With compose.signer.yaml: the signer's folder, and that of its mark, best on another disk and never put back with the first.
#SIGNER_FOLDER=./signer
#SIGNER_MARK_FOLDER=./signer-mark

# Images of others; best with their digests.
#PROXY_IMAGE=docker.io/library/haproxy:3.2-alpine
#MONGODB_IMAGE=docker.io/library/mongo:7.0
#REDIS_IMAGE=docker.io/library/redis:7-alpine
#PROMETHEUS_IMAGE=docker.io/prom/prometheus:v3.5.0
#GRAFANA_IMAGE=docker.io/grafana/grafana-oss:12.2.0
`;

const lineOf = ([name, setting]: [string, Setting]): string => {
  const key = setting.secret === true ? `${name}_FILE` : name;
  const value = setting.default === undefined ? "" : formatSetting(setting.default, setting);
  const shown = setting.secret === true ? `/run/secrets/${name.toLowerCase()}` : value;
  return `# ${setting.description}\n#${key}=${shown}\n`;
};

/** Renders deploy/.env.example from the schemas of the services in the compose file. */
export const renderEnvExample = (schemas: readonly ConfigSchema[]): string => {
  const settings = new Map(schemas.toReversed().flatMap((schema) => Object.entries(schema)));
  const names = schemas.flatMap((schema) => Object.keys(schema));
  const lines = [...new Set(names)].map((name) => lineOf([name, settings.get(name)!]));
  return [
    "# Settings of deploy/compose.yaml: copy to .env beside it. Made by npm run docs; docs/configuration.md says more.",
    "# In containers compose.yaml sets hosts, ports and folders itself; the two API ports here are those of this machine.",
    "",
    composeSettings,
    ...lines,
  ].join("\n");
};
