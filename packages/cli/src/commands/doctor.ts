import { outputOf, serviceUrl, showChecks, type Io } from "@lucid/agent";
import { Command } from "commander";
import { withServiceOptions, type ServiceOptions } from "./service-options.ts";

/** `lucid doctor`; what it needs is loaded only now, so that the other commands start fast. */
export const createDoctorCommand = (io: Io): Command =>
  withServiceOptions(new Command("doctor"))
    .description("what is wrong with this machine or its services, and what to do about it")
    .option("--service <url>", "where the service is (default: as the settings say)", serviceUrl)
    .action(async (options: ServiceOptions & { readonly service?: string }, command: Command) => {
      const { loadServicesConfig } = await import("../services/index.ts");
      const { examine } = await import("../doctor/index.ts");
      const results = await examine(io, loadServicesConfig(io, options), options.service);
      showChecks(outputOf(io, command), results);
    });
