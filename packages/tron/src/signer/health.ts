import { isHealthy } from "@lucid/platform/program";
import { readSettings, socketPath } from "./settings.ts";

/** A program of its own for containers: exit code 0 when the signer that has these settings answers on its socket. */
const config = readSettings({ env: process.env });
process.exitCode = (await isHealthy({ socketPath: socketPath(config) }, "/status")) ? 0 : 1;
