import { blockRoutes } from "@lucid/api";
import { ApiProblem, type Http } from "@lucid/platform/http";
import { noteToText } from "../store/index.ts";
import type { Cosigner } from "./cosigner.ts";

export type CosignRoutesDeps = {
  readonly http: Pick<Http, "route">;
  readonly cosigner: Cosigner;
};

/** Cosignatures of outside witnesses. */
export const registerCosignRoutes = ({ http, cosigner }: CosignRoutesDeps): void => {
  http.route(blockRoutes.addCosignature, async ({ body }) => {
    const verdict = await cosigner.add(body.line);
    return verdict.ok
      ? { checkpoint: noteToText(verdict.note) }
      : new ApiProblem(`cosignatures.${verdict.code}`, verdict.detail);
  });
};
