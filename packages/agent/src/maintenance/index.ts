export { describeMaintenance, type MaintenanceView } from "./describe.ts";
export { edge, type SpanOptions, spanToBody } from "./span.ts";
