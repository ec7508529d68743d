import { outputOf, type Io } from "@lucid/agent";
import { Command } from "commander";
import { withServiceOptions, type ServiceOptions } from "./service-options.ts";

/** `lucid config check` */
export const createConfigCommand = (io: Io): Command => {
  const check = withServiceOptions(new Command("check"))
    .description("the settings in force and where each comes from, secrets redacted")
    .action(async (options: ServiceOptions, command: Command) => {
      const { loadServiceConfig } = await import("../services/index.ts");
      const config = loadServiceConfig(io, options);
      outputOf(io, command).result({ event: "config", settings: config.rows() }, () =>
        config.print(),
      );
    });
  return new Command("config").description("settings of the services").addCommand(check);
};
