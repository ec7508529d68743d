import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { exitCode, Failure, type Io } from "@lucid/agent";
import { configSchema, otherSections } from "@lucid/node-management";
import { ConfigError, loadConfig, type ConfigRow, type LoadedConfig } from "@lucid/platform/config";
import type { ServiceOptions } from "../commands/service-options.ts";

/** Flag before environment before lucid.yaml before default; throws a Failure that names every problem. */
export const loadServiceConfig = (
  io: Io,
  options: ServiceOptions,
): LoadedConfig<typeof configSchema> => {
  const data = resolve(options.data ?? io.env["LUCID_DATA_PATH"] ?? "./data");
  const file = join(data, "lucid.yaml");
  const flags = {
    ...Object.fromEntries((options.set ?? []).map(parsePair)),
    LUCID_DATA_PATH: data,
  };
  try {
    const sources = { flags, env: io.env, otherSections };
    return loadConfig(configSchema, existsSync(file) ? { ...sources, file } : sources);
  } catch (error) {
    if (error instanceof ConfigError) throw configFailure(error);
    throw error;
  }
};

/** The settings in force as aligned lines. */
export const settingsTable = (rows: readonly ConfigRow[]): string => {
  const shown = rows.map((row) => ({ ...row, value: row.value === "" ? "not set" : row.value }));
  const nameWidth = Math.max(...shown.map(({ name }) => name.length));
  const valueWidth = Math.max(...shown.map(({ value }) => value.length));
  return shown
    .map(({ name, value, origin }) =>
      [name.padEnd(nameWidth), value.padEnd(valueWidth), origin].join("  "),
    )
    .join("\n");
};

const parsePair = (text: string): [string, string] => {
  const [name, ...value] = text.split("=");
  if (name !== undefined && name !== "" && value.length > 0) return [name, value.join("=")];
  throw new Failure("usage", `--set ${text} is not NAME=value`, {
    fix: "Write it like --set NODE_MANAGEMENT_PORT=8099",
    exit: exitCode.usage,
  });
};

const configFailure = (error: ConfigError): Failure =>
  new Failure(
    error.code,
    error.problems.map(({ key, origin, detail }) => `${key} (${origin}) ${detail}`).join("; "),
    { fix: "Correct it and look again: lucid config check", exit: exitCode.usage, cause: error },
  );
