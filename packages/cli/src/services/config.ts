import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { exitCode, Failure, type Io } from "@lucid/agent";
import {
  configSchema as logSchema,
  configSection as logSection,
  type BlockManagerConfig,
} from "@lucid/block-manager";
import { configSchema, otherSections, type NodeManagementConfig } from "@lucid/node-management";
import {
  ConfigError,
  loadConfig,
  type ConfigRow,
  type ConfigSchema,
  type ConfigSources,
  type LoadedConfig,
} from "@lucid/platform/config";
import { configSchema as signerSchema } from "@lucid/tron/signer";
import { readPairs, type ServiceOptions } from "../commands/service-options.ts";

/** The settings of both services of a network. */
export type ServicesConfig = {
  readonly service: LoadedConfig<typeof configSchema>;
  readonly log: LoadedConfig<typeof logSchema>;
};

/** Flag before environment before lucid.yaml before default; throws a Failure that names every problem. */
export const loadServicesConfig = (
  io: Io,
  options: ServiceOptions & { readonly file?: string },
): ServicesConfig => {
  const data = resolve(options.data ?? io.env["LUCID_DATA_PATH"] ?? "./data");
  const file = options.file ?? join(data, "lucid.yaml");
  const pairs = readPairs(options.set, "NODE_MANAGEMENT_PORT=8099");
  const load = <S extends ConfigSchema>(
    schema: S,
    mine: (name: string) => boolean,
    more: ConfigSources,
  ): LoadedConfig<S> => {
    const flags = {
      ...Object.fromEntries(pairs.filter(([name]) => mine(name))),
      LUCID_DATA_PATH: data,
    };
    return loadConfig(schema, {
      flags,
      env: io.env,
      ...more,
      ...(existsSync(file) ? { file } : {}),
    });
  };
  try {
    return {
      // What neither knows is refused by the service.
      service: load(configSchema, (name) => name in configSchema || !(name in logSchema), {
        otherSections,
        elsewhere: { ...inSignerFile, ...standing(logSchema, `under ${logSection}: in this file`) },
      }),
      log: load(logSchema, (name) => name in logSchema && name !== "METRICS_PORT", {
        section: logSection,
        elsewhere: { ...inSignerFile, ...standing(configSchema, "at the top of this file") },
      }),
    };
  } catch (error) {
    if (error instanceof ConfigError) throw configFailure(error);
    throw error;
  }
};

const standing = (schema: ConfigSchema, place: string): Record<string, string> =>
  Object.fromEntries(Object.keys(schema).map((name) => [name, place]));

const inSignerFile = standing(signerSchema, "in signer/signer.yaml");

/** Whether this machine keeps the log itself: nobody said that it is elsewhere. */
export const keepsLog = ({ service }: ServicesConfig): boolean =>
  service.origins.BLOCK_MANAGER_URL === "default";

/** Where programs of this machine reach its service. */
export const serviceAddress = ({ service }: ServicesConfig): string =>
  addressOf(service.values.NODE_MANAGEMENT_HOST, service.values.NODE_MANAGEMENT_PORT);

/** Where its log is, here or elsewhere. */
export const logAddress = (config: ServicesConfig): string =>
  keepsLog(config)
    ? addressOf(config.log.values.BLOCK_MANAGER_HOST, config.log.values.BLOCK_MANAGER_PORT)
    : config.service.values.BLOCK_MANAGER_URL;

/** What listens everywhere is asked over loopback. */
const addressOf = (host: string, port: number): string => {
  const name = host === "0.0.0.0" || host === "::" ? "127.0.0.1" : host;
  return `http://${name.includes(":") ? `[${name}]` : name}:${port}`;
};

/** The log's settings in one process with the service, whose port of metrics it cannot share. */
export const besideService = ({ service, log }: ServicesConfig): BlockManagerConfig => {
  const isOwn = log.origins.METRICS_PORT === "lucid.yaml";
  const { METRICS_PORT: taken } = service.values;
  return { ...log.values, ...(!isOwn && { METRICS_PORT: taken === 0 ? 0 : taken + 1 }) };
};

/** The service's settings, told where its log is when this process keeps it. */
export const withLog = (
  { service }: ServicesConfig,
  logUrl: string | null,
): NodeManagementConfig => ({
  ...service.values,
  ...(logUrl !== null && { BLOCK_MANAGER_URL: logUrl }),
});

type SettingRow = Omit<ConfigRow, "origin"> & { readonly origin: string };

/** The log's settings as `lucid up` runs it. */
export const logRows = (config: ServicesConfig): SettingRow[] => {
  const value = String(besideService(config).METRICS_PORT);
  return config.log
    .rows()
    .map((row) =>
      row.name === "METRICS_PORT" && row.value !== value
        ? { ...row, value, origin: "beside node-management" }
        : row,
    );
};

/** The settings in force as aligned lines. */
export const settingsTable = (rows: readonly SettingRow[]): string => {
  const shown = rows.map((row) => ({ ...row, value: row.value === "" ? "not set" : row.value }));
  const nameWidth = Math.max(...shown.map(({ name }) => name.length));
  const valueWidth = Math.max(...shown.map(({ value }) => value.length));
  return shown
    .map(({ name, value, origin }) =>
      [name.padEnd(nameWidth), value.padEnd(valueWidth), origin].join("  "),
    )
    .join("\n");
};

const configFailure = (error: ConfigError): Failure =>
  new Failure(
    error.code,
    error.problems.map(({ key, origin, detail }) => `${key} (${origin}) ${detail}`).join("; "),
    { fix: "Correct it and look again: lucid config check", exit: exitCode.usage, cause: error },
  );
