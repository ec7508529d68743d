export {
  defineConfig,
  type ConfigSchema,
  type ConfigValues,
  type Origin,
  type Setting,
} from "./definition.ts";
