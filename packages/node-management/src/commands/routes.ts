import { routes } from "@lucid/api";
import type { Clock } from "@lucid/platform/clock";
import { ApiProblem, type Http } from "@lucid/platform/http";
import type { Registry } from "../registry/index.ts";
import { createAboutNode } from "../shared/about-node.ts";
import { pageToView } from "../shared/page.ts";
import { toIso, toIsoOrNull } from "../shared/view.ts";
import type { Commands } from "./contract.ts";
import type { CommandDocument } from "./documents.ts";
import { stateOf } from "./rules.ts";

export type CommandRoutesDeps = {
  readonly http: Pick<Http, "route">;
  readonly commands: Commands;
  readonly registry: Pick<Registry, "find">;
  readonly clock: Pick<Clock, "now">;
};

const usualExpiryMs = 3_600_000;

const byAction = {
  start: routes.startNode,
  stop: routes.stopNode,
  restart: routes.restartNode,
} as const;

export const registerCommandRoutes = ({
  http,
  commands,
  registry,
  clock,
}: CommandRoutesDeps): void => {
  const about = createAboutNode(registry);
  const toView = (command: CommandDocument) => commandToView(command, clock.now());

  for (const action of ["start", "stop", "restart"] as const)
    http.route(byAction[action], async ({ params: { node_id }, body, reply }) => {
      const { expires_in } = body;
      const expiresInMs = expires_in === undefined ? usualExpiryMs : expires_in * 1000;
      const verdict = await commands.queue({ nodeId: node_id, action, expiresInMs });
      if (verdict.outcome === "refused") return new ApiProblem(verdict.code, verdict.detail);
      return reply(verdict.outcome === "queued" ? 201 : 200, toView(verdict.command));
    });

  http.route(routes.listCommands, ({ params: { node_id }, query }) =>
    about(node_id, async () => pageToView(await commands.list(node_id, query), toView)),
  );

  http.route(routes.listOpenCommands, async ({ query }) =>
    pageToView(await commands.listOpen(query), toView),
  );

  http.route(routes.pollCommands, ({ params: { node_id }, body }) =>
    about(node_id, async () => {
      if (body.done.length > 0) await commands.report(node_id, body.done);
      return { commands: await commands.deliver(node_id) };
    }),
  );
};

const commandToView = (command: CommandDocument, nowMs: number) => ({
  id: command.id,
  node_id: command.node_id,
  action: command.action,
  state: stateOf(command, nowMs),
  outcome: command.outcome ?? null,
  queued_at: toIso(command.queued_at),
  delivered_at: toIsoOrNull(command.delivered_at ?? null),
  done_at: toIsoOrNull(command.done_at ?? null),
  expires_at: toIso(command.expires_at),
  signature: command.signature,
});
