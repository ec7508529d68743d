import { routes } from "@lucid/api";
import { ApiProblem, type Http } from "@lucid/platform/http";
import { toIso } from "../shared/view.ts";
import type { Payouts } from "./contract.ts";
import type { PauseDocument } from "./pause.ts";

export type PauseRoutesDeps = {
  readonly http: Pick<Http, "route">;
  readonly payouts: Pick<Payouts, "turn" | "state">;
  /** Has the payer run at once, in the background. */
  readonly wake: () => void;
};

/** The switch of the payer. */
export const registerPauseRoutes = ({ http, payouts, wake }: PauseRoutesDeps): void => {
  const turn = async (isPaused: boolean, reason: string, by: string) => {
    const turned = await payouts.turn({ isPaused, reason, by });
    if (turned === null)
      return new ApiProblem(
        "payouts.not_configured",
        payouts.state().reason ?? "Nothing pays here.",
      );
    wake();
    return pauseToView(turned);
  };
  http.route(routes.pausePayouts, ({ body, principal }) => turn(true, body.reason, principal.id));
  http.route(routes.resumePayouts, ({ body, principal }) => turn(false, body.reason, principal.id));
};

const pauseToView = ({ is_paused, reason, by, at }: PauseDocument) => ({
  state: is_paused ? ("paused" as const) : ("running" as const),
  reason,
  by,
  at: toIso(at),
});
