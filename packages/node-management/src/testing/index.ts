export * from "./network.ts";
export * from "./services.ts";
