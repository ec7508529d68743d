export { createSilence, silenceBefore } from "./silence.ts";
export type { SilenceState } from "./silence.ts";
export { silentSlots } from "./silent-slots.ts";
export { judgeMaintenance, maintenanceSlots } from "./maintenance.ts";
export type { SlotSpan } from "./maintenance.ts";
export { createMaintenanceBook } from "./maintenance-book.ts";
export type { MaintenanceBook } from "./maintenance-book.ts";
