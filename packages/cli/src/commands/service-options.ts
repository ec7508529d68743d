import { exitCode, Failure } from "@lucid/agent";
import type { Command } from "commander";

export type ServiceOptions = { readonly data?: string; readonly set?: readonly string[] };

/** Options of every command that reads the service's settings. */
export const withServiceOptions = (command: Command): Command =>
  command
    .option("--data <dir>", "the network's folder, as lucid init made it (default: ./data)")
    .option("--set <NAME=value...>", "settings for this run, above environment and lucid.yaml");

/** The settings that `--set` names. Throws a Failure that shows `example` for what is no pair. */
export const readPairs = (set: readonly string[] = [], example: string): [string, string][] =>
  set.map((text) => {
    const at = text.indexOf("=");
    if (at > 0) return [text.slice(0, at), text.slice(at + 1)];
    throw new Failure("usage", `--set ${text} is not NAME=value`, {
      fix: `Write it like --set ${example}`,
      exit: exitCode.usage,
    });
  });
