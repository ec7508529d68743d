import type { ChoreDefinition } from "@lucid/platform/chores";
import type { Resources } from "./contract.ts";

/** Rolls up and drops old samples, once an hour in one replica. Alerts need no chore: every sample is judged as it comes. */
export const createResourcesChore = (resources: Pick<Resources, "clear">): ChoreDefinition => ({
  name: "resources",
  periodMs: 3_600_000,
  timeoutMs: 600_000,
  lease: true,
  run: async (signal) => void (await resources.clear(signal)),
});
