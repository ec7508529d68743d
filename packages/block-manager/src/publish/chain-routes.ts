import { blockRoutes } from "@lucid/api";
import { ApiProblem, type Http } from "@lucid/platform/http";
import { toHex } from "@lucid/protocol";
import { compactPath, noteToText, type Store } from "../store/index.ts";
import { appendedToView, headerToAppended } from "./views.ts";

export type ChainRoutesDeps = {
  readonly http: Pick<Http, "route">;
  readonly store: Pick<Store, "head" | "network" | "disk">;
  readonly mode: "append" | "follow";
};

/** The log as a whole, and what is left of its closed epochs. */
export const registerChainRoutes = ({ http, store, mode }: ChainRoutesDeps): void => {
  const { genesis, networkId } = store.network;
  http.route(blockRoutes.getChain, () => {
    const { size, root, note, latest } = store.head();
    return {
      network_id: networkId,
      origin: genesis.log_origin,
      log_key: genesis.log_key,
      size,
      root: toHex(root),
      checkpoint: noteToText(note),
      first_slot: genesis.first_slot,
      latest: latest === null ? null : appendedToView(headerToAppended(latest.header)),
      mode,
    };
  });
  http.route(blockRoutes.getCompactedEpoch, async ({ params: { epoch } }) => {
    const bytes = await store.disk.read(compactPath(epoch));
    return bytes ?? new ApiProblem("epochs.not_compacted", `Epoch ${epoch} is not compacted.`);
  });
};
