export { runDemo, type DemoOptions } from "./demo.ts";
export { createStage } from "./stage.ts";
