import type { ConfigSchema, ConfigValues, Origin, Setting } from "./definition.ts";
import { ConfigError, type ConfigProblem } from "./error.ts";
import { formatRedacted } from "./format.ts";
import { parseSetting } from "./parse.ts";
import {
  readEnvironment,
  readFlags,
  readSecretFiles,
  type ConfigSources,
  type SourceReading,
} from "./sources.ts";
import { readYaml } from "./yaml.ts";

/** One line of `lucid config check`; secrets are redacted. */
export type ConfigRow = { readonly name: string; readonly value: string; readonly origin: Origin };

export type LoadedConfig<S extends ConfigSchema> = {
  readonly values: ConfigValues<S>;
  readonly origins: Readonly<Record<keyof S & string, Origin>>;
  rows(): ConfigRow[];
  /** The effective set as an aligned table, secrets redacted. */
  print(): string;
};

type Resolved = { readonly value: unknown; readonly origin: Origin };

const resolve = (
  name: string,
  setting: Setting,
  sources: readonly SourceReading[],
): Resolved | ConfigProblem => {
  const source = sources.find(({ texts }) => texts.has(name));
  if (source === undefined) {
    if (setting.default !== undefined || setting.optional === true) {
      return { value: setting.default, origin: "default" };
    }
    return { key: name, origin: "nowhere", detail: `is needed: ${setting.description}` };
  }
  const parsed = parseSetting(source.texts.get(name) ?? "", setting);
  if ("value" in parsed) return { value: parsed.value, origin: source.origin };
  const detail = setting.secret === true ? parsed.detail.replace(/^".*" /, "") : parsed.detail;
  return { key: name, origin: source.origin, detail };
};

const table = (rows: readonly ConfigRow[]): string => {
  const nameWidth = Math.max(...rows.map(({ name }) => name.length));
  const valueWidth = Math.max(...rows.map(({ value }) => value.length));
  return rows
    .map(
      ({ name, value, origin }) =>
        `${name.padEnd(nameWidth)}  ${value.padEnd(valueWidth)}  ${origin}`,
    )
    .join("\n");
};

/**
 * Reads every setting of a schema: flag before environment before lucid.yaml before default.
 * Throws ConfigError with everything that is wrong: values, unknown and misspelt names, unreadable files.
 */
export const loadConfig = <const S extends ConfigSchema>(
  schema: S,
  sources: ConfigSources,
): LoadedConfig<S> => {
  const readings = [
    readFlags(schema, sources.flags),
    readEnvironment(schema, sources.env),
    readSecretFiles(schema, sources.env),
    readYaml(schema, sources),
  ];
  const problems = readings.flatMap((reading) => reading.problems);
  const values: Record<string, unknown> = {};
  const origins: Record<string, Origin> = {};
  for (const [name, setting] of Object.entries(schema)) {
    const resolved = resolve(name, setting, readings);
    if ("detail" in resolved) problems.push(resolved);
    else [values[name], origins[name]] = [resolved.value, resolved.origin];
  }
  if (problems.length > 0) throw new ConfigError(problems);
  const rows = (): ConfigRow[] =>
    Object.entries(schema).map(([name, setting]) => ({
      name,
      value: formatRedacted(values[name], setting),
      origin: origins[name] ?? "default",
    }));
  return {
    values: values as ConfigValues<S>,
    origins: origins as LoadedConfig<S>["origins"],
    rows,
    print: () => table(rows()),
  };
};
