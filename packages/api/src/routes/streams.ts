import { Type } from "typebox";
import { describeEvents } from "../events.ts";
import { defineRoute } from "../route.ts";

/** Operations that do not end by themselves; not for `client.call`. */
export const streamRoutes = {
  streamEvents: defineRoute({
    operationId: "streamEvents",
    method: "GET",
    path: "/api/v1/events",
    tag: "system",
    summary: "What happens, live (server-sent events); `resync` means that some were left out",
    description: `An event is a hint to read again what it names: ${describeEvents()}. Those about a node's commands and alerts are told to who may list them: send a token, or the console's cookie.`,
    roles: ["anyone"],
    response: {
      200: Type.String({
        contentMediaType: "text/event-stream",
        description:
          "Each event under its name; its data is a JSON object with `type` and its fields",
      }),
    },
    errors: ["service.unavailable"],
  }),
};
