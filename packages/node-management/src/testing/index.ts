export * from "./addresses.ts";
export * from "./log.ts";
export * from "./network.ts";
export * from "./services.ts";
