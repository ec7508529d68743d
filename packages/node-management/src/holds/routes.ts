import { routes } from "@lucid/api";
import { ApiProblem, type Http } from "@lucid/platform/http";
import { parseUsdt } from "@lucid/protocol";
import { pageToView } from "../shared/page.ts";
import { toIso, toUsdt, toUsdtOrNull } from "../shared/view.ts";
import type { Holds, HoldVerdict } from "./contract.ts";
import type { HoldDocument } from "./documents.ts";
import { forfeitKey } from "./forfeit.ts";
import { holdToWords } from "./words.ts";

export type HoldRoutesDeps = {
  readonly http: Pick<Http, "route">;
  readonly holds: Holds;
  /** Has the payer run at once, in the background. */
  readonly wake: () => void;
};

export const registerHoldRoutes = ({ http, holds, wake }: HoldRoutesDeps): void => {
  const answer = (verdict: HoldVerdict) => {
    if (verdict.outcome === "refused") return new ApiProblem(verdict.code, verdict.detail);
    wake();
    return holdToView(verdict.hold);
  };
  http.route(routes.listHolds, async ({ query: { owner_id: ownerId, state, ...page } }) =>
    pageToView(await holds.list(page, { ownerId, state }), holdToView),
  );
  http.route(routes.getHold, async ({ params: { hold_id } }) => {
    const hold = await holds.get(hold_id);
    return hold === null
      ? new ApiProblem("holds.unknown", `There is no hold ${hold_id}.`)
      : holdToView(hold);
  });
  http.route(routes.putHold, async ({ body, principal, reply }) => {
    const { owner_id: ownerId, reason_code: reasonCode, reason } = body;
    const verdict = await holds.put({ ownerId, reasonCode, reason, by: principal.id });
    if (verdict.outcome === "refused") return new ApiProblem(verdict.code, verdict.detail);
    wake();
    return reply(verdict.outcome === "taken" ? 201 : 200, holdToView(verdict.hold));
  });
  http.route(routes.releaseHold, async ({ params: { hold_id: holdId }, body, principal }) =>
    answer(await holds.release({ holdId, reason: body.reason, by: principal.id })),
  );
  http.route(routes.upholdHold, async ({ params: { hold_id: holdId }, body, principal }) => {
    const forfeitMicro = parseUsdt(body.forfeit_usdt);
    const { reason } = body;
    return answer(await holds.uphold({ holdId, reason, by: principal.id, forfeitMicro }));
  });
};

export const holdToView = (hold: HoldDocument) => ({
  hold_id: hold.id,
  owner_id: hold.owner_id,
  state: hold.state,
  words: holdToWords(hold),
  reason_code: hold.reason_code,
  reason: hold.reason,
  held_by: hold.held_by,
  held_at: toIso(hold.held_at),
  decisions: hold.decisions.map(({ by, at, reason, forfeit_micro }) => ({
    by,
    at: toIso(at),
    reason,
    forfeit_usdt: toUsdt(forfeit_micro),
  })),
  ended:
    hold.ended === undefined
      ? null
      : { by: [...hold.ended.by], at: toIso(hold.ended.at), reason: hold.ended.reason },
  forfeit_usdt: toUsdtOrNull(hold.forfeit_micro),
  ledger_key: hold.state === "upheld" && !hold.is_shut ? forfeitKey(hold) : null,
});
