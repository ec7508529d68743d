import { existsSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import {
  type ConfigSchema,
  type ConfigSources,
  type ConfigValues,
  loadConfig,
} from "../config/index.ts";

/** The options `--like-this value` that stand for the settings of a schema, for `parseArgs`. */
export const settingFlags = (schema: ConfigSchema): Record<string, { type: "string" }> =>
  Object.fromEntries(
    Object.keys(schema).map((key) => [
      key.toLowerCase().replaceAll("_", "-"),
      { type: "string" as const },
    ]),
  );

export type ServiceSources = Pick<ConfigSources, "section" | "otherSections"> & {
  readonly args: string[];
  readonly env: Readonly<Record<string, string | undefined>>;
};

/** The settings of a service: flags before environment before lucid.yaml, which lies where `LUCID_DATA_PATH` says. */
export const readServiceConfig = <S extends ConfigSchema>(
  schema: S,
  { args, env, ...sections }: ServiceSources,
): ConfigValues<S> => {
  const { values: flags } = parseArgs({ args, options: settingFlags(schema) });
  const dataPath = flags["lucid-data-path"] ?? env["LUCID_DATA_PATH"] ?? "./data";
  const file = join(dataPath, "lucid.yaml");
  const sources = { flags: { ...flags }, env, ...sections };
  return loadConfig(schema, existsSync(file) ? { ...sources, file } : sources).values;
};
