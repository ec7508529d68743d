export { runDemo } from "./demo.ts";
export { createStage } from "./stage.ts";
