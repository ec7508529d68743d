import type { NetworkEvent } from "@lucid/api";
import type { Events } from "@lucid/platform/events";
import type { Metrics } from "@lucid/platform/metrics";
import type { CommandDocument } from "./documents.ts";

export type NewsDeps = {
  readonly events: Pick<Events<NetworkEvent>, "publish">;
  readonly metrics: Pick<Metrics, "counter">;
};

/** Tells and counts that a command came to the state it is in. */
export const createNews = ({ events, metrics }: NewsDeps) => {
  const counted = metrics.counter(
    "lucid_commands_total",
    "Commands to nodes by the state they came to: queued, delivered or done",
    ["action", "state"],
  );
  return ({ id, node_id, action, state }: CommandDocument): void => {
    counted.inc({ action, state });
    events.publish({ type: "command", command_id: id, node_id, action, state });
  };
};
