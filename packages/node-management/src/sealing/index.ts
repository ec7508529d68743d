export { createSealingReader, type SealingAtRest, sealingNames } from "./at-rest.ts";
export type * from "./contract.ts";
export { createAppendChore, createClearingChore, createSealingChore } from "./chore.ts";
export { createSlotAdopter, type ProvenBlock } from "./adopt.ts";
export { sealingCollections } from "./documents.ts";
export { readReached } from "./reached.ts";
export { registerLogRoutes } from "./routes.ts";
export { createSendSlots, type SendSlots } from "./send.ts";
export { createSealing, type Sealing } from "./service.ts";
