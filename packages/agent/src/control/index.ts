export { type Control, openControl } from "./control.ts";
export {
  type CommandReport,
  type ControlFile,
  type ControlState,
  openControlFile,
} from "./file.ts";
