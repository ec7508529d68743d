import { Type } from "typebox";
import { defineRoute } from "../route.ts";

/** Operations that do not end by themselves; not for `client.call`. */
export const streamRoutes = {
  streamEvents: defineRoute({
    operationId: "streamEvents",
    method: "GET",
    path: "/api/v1/events",
    tag: "system",
    summary: "What happens, live (server-sent events); `resync` means that some were left out",
    description:
      "Events about a node's commands and alerts are told to those who may list them: send the token, or the console's cookie.",
    roles: ["anyone"],
    response: {
      200: Type.String({
        contentMediaType: "text/event-stream",
        description: "Events named as NetworkEvent's `type`, the object as data",
      }),
    },
    errors: ["service.unavailable"],
  }),
};
