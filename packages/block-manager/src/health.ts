import { isHealthy, readServiceConfig } from "@lucid/platform/program";
import { configSchema, configSection } from "./config.ts";

/** A program of its own for containers: exit code 0 when the service that has these settings answers on its port. */
const { BLOCK_MANAGER_HOST: host, BLOCK_MANAGER_PORT: port } = readServiceConfig(configSchema, {
  args: process.argv.slice(2),
  env: process.env,
  section: configSection,
});
process.exitCode = (await isHealthy({ host, port })) ? 0 : 1;
