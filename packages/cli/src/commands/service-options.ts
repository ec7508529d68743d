import type { Command } from "commander";

export type ServiceOptions = { readonly data?: string; readonly set?: readonly string[] };

/** Options of every command that reads the service's settings. */
export const withServiceOptions = (command: Command): Command =>
  command
    .option("--data <dir>", "the network's folder, as lucid init made it (default: ./data)")
    .option("--set <NAME=value...>", "settings for this run, above environment and lucid.yaml");
