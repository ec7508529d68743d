export { createMachine, type Machine } from "./machine.ts";
export { runReporter } from "./reporter.ts";
