import { parseArgs } from "node:util";
import { settingFlags } from "@lucid/platform/program";
import { configSchema, type SignerConfig } from "./config.ts";
import { SignerFault } from "./fault.ts";
import { parseMoment, readSettings } from "./settings.ts";

/** What the signer was started for. `sinceMs`: before it, debits are never signed for. */
export type SignerArguments = {
  readonly config: SignerConfig;
  readonly task: "init" | "run";
  readonly sinceMs: number | undefined;
};

type Sources = {
  readonly args: string[];
  readonly env: Readonly<Record<string, string | undefined>>;
};

/**
 * `signer [init [--since 2026-01-31T12:00:00Z]]`, and `--like-this value` for every setting.
 * Throws `config.arguments`, `config.since`, ConfigError, and what `parseArgs` says of an option that is none.
 */
export const readArguments = ({ args, env }: Sources): SignerArguments => {
  const options = { ...settingFlags(configSchema), since: { type: "string" as const } };
  const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
  const { since, ...flags } = values;
  const task = taskOf(positionals);
  if (since !== undefined && task !== "init")
    throw new SignerFault("config.arguments", "--since is for `init`, which makes the journal");
  return {
    config: readSettings({ flags, env }),
    task,
    sinceMs: since === undefined ? undefined : parseMoment(since),
  };
};

const taskOf = (words: readonly string[]): "init" | "run" => {
  if (words.length === 0) return "run";
  if (words.length === 1 && words[0] === "init") return "init";
  throw new SignerFault(
    "config.arguments",
    `the signer does not know "${words.join(" ")}": \`init\` makes its journal, without a word it runs`,
  );
};
