import type { ChoreDefinition } from "@lucid/platform/chores";
import type { Metrics } from "@lucid/platform/metrics";
import type { NodeAlerts, Resources } from "./contract.ts";
import { metrics as watched } from "./watch.ts";

/** Rolls up and drops old samples, once an hour in one replica. Alerts need no chore: every sample is judged as it comes. */
export const createResourcesChore = (resources: Pick<Resources, "clear">): ChoreDefinition => ({
  name: "resources",
  periodMs: 3_600_000,
  timeoutMs: 600_000,
  lease: true,
  run: async (signal) => void (await resources.clear(signal)),
});

/** As many nodes as a page of a list has at most. */
const perRead = 100;

/** Brings how many alerts are active into the metrics of every replica: the same that the list of active alerts tells. */
export const createAlertsChore = ({
  resources,
  metrics,
}: {
  readonly resources: Pick<Resources, "activeAlerts">;
  readonly metrics: Pick<Metrics, "gauge">;
}): ChoreDefinition => {
  const active = metrics.gauge(
    "lucid_resource_alerts_active",
    "Alerts of nodes' machines that are active; none of a node that is silent for a day",
    ["metric"],
  );
  /** Pages shift while machines report: a node may come twice, and counts once. */
  const readAll = async (signal: AbortSignal): Promise<NodeAlerts[]> => {
    const nodes = new Map<string, NodeAlerts>();
    for (let page = 1; ; page++) {
      signal.throwIfAborted();
      const { items, total } = await resources.activeAlerts({ page, limit: perRead });
      for (const node of items) nodes.set(node.nodeId, node);
      if (page * perRead >= total) return [...nodes.values()];
    }
  };
  return {
    name: "alerts",
    periodMs: 30_000,
    timeoutMs: 30_000,
    run: async (signal) => {
      const alerts = (await readAll(signal)).flatMap((node) => node.alerts);
      for (const metric of watched)
        active.set({ metric }, alerts.filter((alert) => alert.metric === metric).length);
    },
  };
};
