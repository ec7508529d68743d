import { outputOf, type Io } from "@lucid/agent";
import { Command } from "commander";
import { withServiceOptions, type ServiceOptions } from "./service-options.ts";

/** `lucid up`; the service's code is loaded only now, so that the other commands start fast. */
export const createUpCommand = (io: Io): Command =>
  withServiceOptions(new Command("up"))
    .description("run the services of a network on the embedded store, until stopped")
    .action(async (options: ServiceOptions, command: Command) => {
      const { runServices } = await import("../services/index.ts");
      await runServices(io, outputOf(io, command), options);
    });
