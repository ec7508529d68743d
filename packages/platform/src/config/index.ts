export {
  defineConfig,
  type ConfigSchema,
  type ConfigValues,
  type Origin,
  type Setting,
} from "./definition.ts";
export {
  hostForm,
  hostNameForm,
  originForm,
  publicKeyForm,
  redisForm,
  signatureForm,
} from "./forms.ts";
export { ConfigError } from "./error.ts";
export { loadConfig, type ConfigRow, type LoadedConfig } from "./load.ts";
export { renderConfigurationDoc } from "./render.ts";
export type { ConfigSources } from "./sources.ts";
