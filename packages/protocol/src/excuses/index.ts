export { createSilence, silenceBefore } from "./silence.ts";
export type { SilenceFold, SilenceState } from "./silence.ts";
export type { NodesOfOwner } from "./roll.ts";
export { silentSlots } from "./silent-slots.ts";
export type { HeardNode, SilentSlots } from "./silent-slots.ts";
export { judgeMaintenance, maintenanceSlots } from "./maintenance.ts";
export type { MaintenanceVerdict, SlotSpan } from "./maintenance.ts";
export { createMaintenanceBook } from "./maintenance-book.ts";
export type { MaintenanceBook } from "./maintenance-book.ts";
