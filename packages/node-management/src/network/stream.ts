import { eventReaders, type NetworkEvent, routes, streamRoutes } from "@lucid/api";
import type { Clock } from "@lucid/platform/clock";
import type { Events } from "@lucid/platform/events";
import type { Http, Principal } from "@lucid/platform/http";
import { mayCall, type OwnerOfNode, type Revocations } from "../access/index.ts";

export type StreamDeps = {
  readonly http: Pick<Http, "events">;
  readonly events: Events<NetworkEvent>;
  readonly revocations: Pick<Revocations, "isRevoked">;
  readonly ownerOfNode: OwnerOfNode;
  readonly clock: Pick<Clock, "now">;
};

/** What happens, live: to anyone what anyone may read, and about a node's commands and alerts to their readers. */
export const registerStream = (deps: StreamDeps): void => {
  const { http, events } = deps;
  http.events(streamRoutes.streamEvents, (stream, { principal }) => {
    const tell = (event: NetworkEvent): void => {
      if (mayHear(deps, principal, event)) stream.send(event.type, event);
    };
    const subscription = events.subscribe(tell, {
      onResync: (missed) => stream.send("resync", { missed }),
    });
    stream.signal.addEventListener("abort", () => subscription.unsubscribe(), { once: true });
  });
};

/** A stream lasts longer than what it was opened with may. */
const mayHear = (
  { revocations, ownerOfNode, clock }: StreamDeps,
  principal: Principal | null,
  event: NetworkEvent,
): boolean => {
  if (event.type !== "command" && event.type !== "alert") return true;
  if (principal === null || revocations.isRevoked(principal)) return false;
  if ((principal.token?.expiresAtMs ?? 0) <= clock.now()) return false;
  const { node_id } = event;
  return mayCall(routes[eventReaders[event.type]], { principal, named: { node_id }, ownerOfNode });
};
