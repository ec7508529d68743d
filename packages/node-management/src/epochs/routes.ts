import { routes } from "@lucid/api";
import { ApiProblem, type Http } from "@lucid/platform/http";
import type { Beacons } from "../beacons/index.ts";
import type { Registry } from "../registry/index.ts";
import { Fault } from "../shared/fault.ts";
import { type Page, pageOf, pageToView } from "../shared/page.ts";
import { toIso } from "../shared/view.ts";
import type { Epochs } from "./contract.ts";
import type { EpochResultDocument } from "./documents.ts";
import { firstEpoch } from "./rules.ts";
import { createEpochViews, type EpochViewsDeps } from "./views.ts";

export type EpochRoutesDeps = EpochViewsDeps & {
  readonly http: Pick<Http, "route">;
  readonly epochs: Epochs;
  readonly beacons: Pick<Beacons, "progress">;
  readonly registry: Pick<Registry, "node">;
};

export const registerEpochRoutes = (deps: EpochRoutesDeps): void => {
  const { http, epochs, beacons, registry, network, clock } = deps;
  const views = createEpochViews(deps);
  const first = firstEpoch(network.genesis);

  const newestFirst = async (request: { page?: number; limit?: number }) => {
    const { page, limit, skip } = pageOf(request);
    const total = Math.max(0, epochs.open() - first + 1);
    const from = epochs.open() - skip;
    const numbers = Array.from({ length: limit }, (_, i) => from - i).filter(
      (epoch) => epoch >= first,
    );
    const documents = await epochs.documents(from, numbers.at(-1) ?? from + 1);
    const stored = new Map(documents.map((document) => [document.epoch, document]));
    const items = numbers.map((epoch) => views.epochToView(epoch, stored.get(epoch) ?? null));
    return pageToView({ items, total, page, limit }, (view) => view);
  };

  const resultsToView = async (page: Page<EpochResultDocument>) => {
    const numbers = [...new Set(page.items.map(({ epoch }) => epoch))];
    const documents = await Promise.all(numbers.map((epoch) => epochs.document(epoch)));
    const byEpoch = new Map(numbers.map((epoch, i) => [epoch, documents[i] ?? null]));
    return pageToView(page, (result) => {
      const epoch = byEpoch.get(result.epoch);
      if (!epoch)
        throw new Fault("epochs.missing", `epoch ${result.epoch} has results but no document`);
      return views.resultToView(result, epoch);
    });
  };

  const unknownNode = (nodeId: string) =>
    new ApiProblem("nodes.unknown", `There is no node ${nodeId}.`);

  http.route(routes.listEpochs, ({ query }) => newestFirst(query));

  http.route(routes.getEpoch, async ({ params: { epoch } }) => {
    if (epoch < first || epoch > epochs.open())
      return new ApiProblem("epochs.unknown", `Epochs run from ${first} to ${epochs.open()}.`);
    return views.epochToView(epoch, await epochs.document(epoch));
  });

  http.route(routes.listEpochResults, async ({ params: { epoch }, query }) => {
    const page = await epochs.results(epoch, query);
    if (page === null)
      return new ApiProblem("epochs.unknown", `Epoch ${epoch} has not been settled.`);
    return resultsToView(page);
  });

  http.route(routes.getPoot, async ({ params: { node_id } }) => {
    if (registry.node(node_id) === null) return unknownNode(node_id);
    const latest = await epochs.latestResult(node_id);
    return {
      latest: latest === null ? null : views.resultToView(latest.result, latest.epoch),
      provisional: views.progressToView(beacons.progress(node_id)),
      server_time: toIso(clock.now()),
    };
  });

  http.route(routes.listPootHistory, async ({ params: { node_id }, query }) => {
    if (registry.node(node_id) === null) return unknownNode(node_id);
    return resultsToView(await epochs.history(node_id, query));
  });
};
