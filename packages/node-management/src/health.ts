import { isHealthy, readServiceConfig } from "@lucid/platform/program";
import { configSchema, otherSections } from "./config.ts";

/** A program of its own for containers: exit code 0 when the service that has these settings answers on its port. */
const { NODE_MANAGEMENT_HOST: host, NODE_MANAGEMENT_PORT: port } = readServiceConfig(configSchema, {
  args: process.argv.slice(2),
  env: process.env,
  otherSections,
});
process.exitCode = (await isHealthy({ host, port })) ? 0 : 1;
