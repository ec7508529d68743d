import type { Http } from "@lucid/platform/http";
import type { Log } from "@lucid/platform/log";
import type { BlockManagerConfig } from "./config.ts";
import { registerCosignRoutes } from "./cosign/index.ts";
import {
  registerAppendRoutes,
  registerBlockRoutes,
  registerChainRoutes,
  registerFileRoutes,
} from "./publish/index.ts";
import type { Services } from "./services.ts";
import { withLogProblems } from "./log-problems.ts";

export type RoutesDeps = {
  readonly http: Http;
  readonly log: Log;
  readonly services: Services;
  readonly config: Pick<BlockManagerConfig, "BLOCK_MANAGER_MODE">;
};

/** Every operation of the service. */
export const registerRoutes = ({ http, log, services, config }: RoutesDeps): void => {
  const noteFault = (error: unknown): void => {
    log.error({ err: error }, "the log could not answer");
    services.upkeep.noteFault(error);
  };
  const deps = { ...services, http: withLogProblems(http, noteFault) };
  registerAppendRoutes({ ...deps, genesis: services.store.network.genesis });
  registerBlockRoutes(deps);
  registerChainRoutes({ ...deps, mode: config.BLOCK_MANAGER_MODE });
  registerCosignRoutes(deps);
  registerFileRoutes(deps);
};
