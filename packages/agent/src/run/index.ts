export { createAgent, type Agent } from "./agent.ts";
export type { AgentEvent, Report } from "./events.ts";
export { describeEvent } from "./describe.ts";
export { createSender, type Sender } from "./sender.ts";
