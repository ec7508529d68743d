import type { Clock } from "@lucid/platform/clock";
import type { Http } from "@lucid/platform/http";
import { registerAccessRoutes, registerSessionRoutes, withOwnership } from "./access/index.ts";
import { registerAuditRoutes, withAudit } from "./audit/index.ts";
import { registerAddressRoutes } from "./addresses/index.ts";
import { registerBeaconRoutes } from "./beacons/index.ts";
import { registerClearanceRoutes } from "./clearance/index.ts";
import { registerCommandRoutes } from "./commands/index.ts";
import { registerBoardRoutes, registerEpochRoutes } from "./epochs/index.ts";
import { registerHoldRoutes } from "./holds/index.ts";
import { serviceInfo } from "./info.ts";
import { registerLedgerRoutes } from "./ledger/index.ts";
import { registerMaintenanceRoutes } from "./maintenance/index.ts";
import { registerNetworkRoutes, registerStream } from "./network/index.ts";
import {
  registerDecisionRoutes,
  registerForecastRoutes,
  registerOwnerRoutes,
  registerPauseRoutes,
  registerPayoutRoutes,
} from "./payouts/index.ts";
import { registerPolicyRoutes } from "./policy/index.ts";
import { registerMemberRoutes, registerPoolRoutes } from "./pools/index.ts";
import { registerNodeRoutes } from "./registry/index.ts";
import { registerResourceRoutes } from "./resources/index.ts";
import { registerLogRoutes } from "./sealing/index.ts";
import type { Services } from "./services.ts";
import type { Network } from "./shared/network.ts";
import { withStoreProblems } from "./shared/store-problems.ts";
import { registerTreasuryRoutes } from "./treasury/index.ts";

export type RoutesDeps = {
  readonly http: Http;
  readonly network: Network;
  readonly clock: Clock;
  readonly services: Services;
  readonly blockManagerUrl: string;
  /** Has the payer look for due owners now. */
  readonly wake: () => void;
  /** Has settlement look for due epochs now. */
  readonly settleNow: () => void;
};

/** Every operation of the service. */
export const registerRoutes = ({
  http,
  network,
  clock,
  services,
  blockManagerUrl,
  wake,
  settleNow,
}: RoutesDeps): void => {
  const explorer = services.payView().explorer ?? undefined;
  const ownerOfNode = (nodeId: string) => services.registry.node(nodeId)?.ownerId ?? null;
  const guarded = withOwnership(withStoreProblems(http), ownerOfNode);
  const deps = {
    ...services,
    http: withAudit(guarded, services.audit),
    network,
    clock,
    explorer,
  };
  registerNetworkRoutes({ ...deps, version: serviceInfo.version });
  registerStream({ ...deps, ownerOfNode });
  registerPolicyRoutes(deps);
  registerAccessRoutes(deps);
  registerSessionRoutes(deps);
  registerAuditRoutes(deps);
  registerNodeRoutes({ ...deps, liveness: services.beacons });
  registerAddressRoutes(deps);
  registerPoolRoutes(deps);
  registerMemberRoutes(deps);
  registerCommandRoutes(deps);
  registerMaintenanceRoutes(deps);
  registerResourceRoutes(deps);
  registerBeaconRoutes(deps);
  registerBoardRoutes({ ...deps, settleNow });
  registerEpochRoutes(deps);
  registerLedgerRoutes(deps);
  registerHoldRoutes({ ...deps, wake });
  registerTreasuryRoutes({ ...deps, wake });
  registerClearanceRoutes({ ...deps, wake });
  registerPauseRoutes({ ...deps, wake });
  registerForecastRoutes(deps);
  registerDecisionRoutes({ ...deps, wake });
  registerPayoutRoutes({
    ...deps,
    periodMs: services.pace.periodMs,
    wake,
  });
  registerOwnerRoutes(deps);
  registerLogRoutes({ ...deps, blockManagerUrl });
};
