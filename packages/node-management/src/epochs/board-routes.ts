import { routes } from "@lucid/api";
import type { Clock } from "@lucid/platform/clock";
import { ApiProblem, type Http } from "@lucid/platform/http";
import type { Network } from "../shared/network.ts";
import { pageToView } from "../shared/page.ts";
import { toIso, toUsdt } from "../shared/view.ts";
import type { Epochs, Ranked, Recomputed } from "./contract.ts";
import { firstEpoch, settlesAt } from "./rules.ts";

export type BoardRoutesDeps = {
  readonly http: Pick<Http, "route">;
  readonly network: Network;
  readonly clock: Pick<Clock, "now">;
  readonly epochs: Epochs;
  /** Has settlement run at once, in the background. */
  readonly settleNow: () => void;
};

const notChecked =
  "Who was there in which slot is taken from the stored results: that it follows from the blocks is what lucid verify checks.";

export const registerBoardRoutes = (deps: BoardRoutesDeps): void => {
  const { http, epochs, clock, settleNow } = deps;

  http.route(routes.getLeaderboard, async ({ query }) =>
    pageToView(await epochs.leaderboard(query), rankToView),
  );

  http.route(routes.getPootStatistics, async () => ({
    open_epoch: epochs.open(),
    last: figuresToView(await epochs.figures()),
    as_of: toIso(clock.now()),
  }));

  http.route(routes.validateEpoch, async ({ body: { epoch } }) => {
    const recomputed = await epochs.recompute(epoch);
    return recomputed === null
      ? new ApiProblem("epochs.unknown", `/epoch: epoch ${epoch} is not closed.`)
      : recomputedToView(recomputed);
  });

  http.route(routes.calculateEpoch, async ({ reply }) => {
    const view = await readDue(deps);
    if (view.due !== null) settleNow();
    return reply(202, view);
  });
};

const rankToView = ({ rank, result }: Ranked) => {
  const { epoch, node_id, owner_id, score, credits, present, eligible, valid, reward_micro } =
    result;
  const reward_usdt = toUsdt(reward_micro);
  return { rank, epoch, node_id, owner_id, score, credits, present, eligible, valid, reward_usdt };
};

const figuresToView = (latest: Awaited<ReturnType<Epochs["figures"]>>) => {
  if (latest === null) return null;
  const { epoch, figures } = latest;
  return {
    ...figures,
    epoch: epoch.epoch,
    closed_at: toIso(epoch.closed_at ?? 0),
    budget_usdt: toUsdt(epoch.budget_micro ?? 0n),
    rewarded_usdt: toUsdt(epoch.total_micro ?? 0n),
  };
};

type Sums = { root?: string; count?: number; total_micro?: bigint };

const sumsToView = ({ root = "", count = 0, total_micro = 0n }: Sums) => ({
  count,
  root,
  total_usdt: toUsdt(total_micro),
});

const recomputedToView = ({ document, outcome, differences }: Recomputed) => ({
  epoch: document.epoch,
  same: differences.length === 0 && document.root === outcome.root,
  stored: sumsToView(document),
  recomputed: sumsToView(outcome),
  differences: differences.map(({ nodeId, ...difference }) => ({ node_id: nodeId, ...difference })),
  not_checked: notChecked,
});

const readDue = async ({ epochs, network }: BoardRoutesDeps) => {
  const [due, last_closed] = await Promise.all([epochs.due(), epochs.lastClosed()]);
  const next = (last_closed ?? firstEpoch(network.genesis) - 1) + 1;
  const settles_at = toIso(settlesAt(network.genesis, next));
  const why =
    due === null
      ? `Epoch ${next} is settled once the second slot after it is sealed, from ${settles_at} on.`
      : `Epoch ${due} is due and is settled now.`;
  return { open_epoch: epochs.open(), last_closed, due, settles_at, why };
};
