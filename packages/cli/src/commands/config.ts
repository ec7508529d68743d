import { exitCode, Failure, outputOf, type Io } from "@lucid/agent";
import type { NodeManagementConfig } from "@lucid/node-management";
import { Command } from "commander";
import { holdsNetwork } from "../network-folder/index.ts";
import { refusalOf } from "../programs/index.ts";
import { withServiceOptions, type ServiceOptions } from "./service-options.ts";

/** `lucid config check` */
export const createConfigCommand = (io: Io): Command => {
  const check = withServiceOptions(new Command("check"))
    .description("the settings in force and where each comes from, secrets redacted")
    .action(async (options: ServiceOptions, command: Command) => {
      const { assertCanFollow, isFollower, loadServicesConfig, logRows, settingsTable } =
        await import("../services/index.ts");
      const config = loadServicesConfig(io, options);
      const { service } = config;
      await requireNetwork(service.values.LUCID_DATA_PATH);
      await refuseWhatDoesNotGoTogether(service.values);
      if (isFollower(config)) assertCanFollow(config);
      const output = outputOf(io, command);
      const log = logRows(config);
      output.result({ event: "config", settings: service.rows(), block_manager: log }, () =>
        [
          output.paint("bold", "node-management"),
          settingsTable(service.rows()),
          "",
          output.paint("bold", "block-manager"),
          settingsTable(log),
        ].join("\n"),
      );
    });
  return new Command("config").description("settings of the services").addCommand(check);
};

const refuseWhatDoesNotGoTogether = async (settings: NodeManagementConfig): Promise<void> => {
  const { checkSettings, exitCodeOf } = await import("@lucid/node-management");
  try {
    checkSettings(settings);
  } catch (error) {
    throw refusalOf(error, exitCodeOf);
  }
};

const requireNetwork = async (folder: string): Promise<void> => {
  if (await holdsNetwork(folder)) return;
  throw new Failure("folder.no_network", `there is no network in ${folder}`, {
    fix: `Make one: lucid init --data ${folder}`,
    exit: exitCode.folder,
  });
};
