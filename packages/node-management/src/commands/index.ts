import { commandCollection } from "./documents.ts";

export type { Commands } from "./contract.ts";
export { registerCommandRoutes } from "./routes.ts";
export { createCommands } from "./service.ts";
export { createSignCommand } from "./signing.ts";

export const commandsCollections = [commandCollection];
