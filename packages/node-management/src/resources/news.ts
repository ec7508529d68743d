import type { NetworkEvent } from "@lucid/api";
import type { Events } from "@lucid/platform/events";
import type { Metrics } from "@lucid/platform/metrics";
import type { AlertNews } from "./judge.ts";
import { metrics as watched } from "./watch.ts";

export type NewsDeps = {
  readonly events: Pick<Events<NetworkEvent>, "publish">;
  readonly metrics: Pick<Metrics, "counter">;
};

/** Tells and counts that alerts of a node were raised or resolved. */
export const createNews = ({ events, metrics }: NewsDeps) => {
  const counted = metrics.counter(
    "lucid_resource_alerts_total",
    "Alerts of nodes' machines by the state they came to: active or resolved",
    ["metric", "state"],
  );
  // A series that begins with its first event hides that event from increase().
  for (const metric of watched)
    for (const state of ["active", "resolved"]) counted.inc({ metric, state }, 0);
  return (node_id: string, news: readonly AlertNews[]): void => {
    for (const { metric, state } of news) {
      counted.inc({ metric, state });
      events.publish({ type: "alert", node_id, metric, state });
    }
  };
};
