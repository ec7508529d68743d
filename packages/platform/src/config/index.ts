export {
  defineConfig,
  type ConfigSchema,
  type ConfigValues,
  type Origin,
  type Setting,
} from "./definition.ts";
export { hostForm, hostNameForm, originForm, publicKeyForm } from "./forms.ts";
export { ConfigError, type ConfigProblem } from "./error.ts";
export { loadConfig, type ConfigRow, type LoadedConfig } from "./load.ts";
export { renderConfigurationDoc, type DocumentedProgram } from "./render.ts";
export type { ConfigSources } from "./sources.ts";
