import { accessRoutes } from "./routes/access.ts";
import { addressRoutes } from "./routes/addresses.ts";
import { auditRoutes } from "./routes/audit.ts";
import { beaconRoutes } from "./routes/beacons.ts";
import { commandRoutes } from "./routes/commands.ts";
import { holdRoutes } from "./routes/holds.ts";
import { clearanceRoutes } from "./routes/clearance.ts";
import { maintenanceRoutes } from "./routes/maintenance.ts";
import { networkRoutes } from "./routes/network.ts";
import { nodeRoutes } from "./routes/nodes.ts";
import { ledgerRoutes } from "./routes/ledger.ts";
import { ownerRoutes } from "./routes/owners.ts";
import { payoutDecisionRoutes } from "./routes/payout-decisions.ts";
import { payoutPauseRoutes } from "./routes/payout-pause.ts";
import { payoutRoutes } from "./routes/payouts.ts";
import { poolMemberRoutes } from "./routes/pool-members.ts";
import { poolRoutes } from "./routes/pools.ts";
import { pootBoardRoutes } from "./routes/poot-board.ts";
import { pootRoutes } from "./routes/poot.ts";
import { resourceRoutes } from "./routes/resources.ts";
import { sessionRoutes } from "./routes/sessions.ts";
import { statementRoutes } from "./routes/statement.ts";
import { treasuryForecastRoutes } from "./routes/treasury-forecast.ts";
import { treasuryRoutes } from "./routes/treasury.ts";

export { errorTable, type ErrorCode, type ErrorEntry } from "./errors/index.ts";
export { eventReaders, type NetworkEvent } from "./events.ts";
export { blockRoutes } from "./routes/blocks.ts";
export { HOLD_REASONS, type HoldReason } from "./hold-reasons.ts";
export { PAYOUT_STATES, type PayoutState } from "./payout-states.ts";
export { toIso } from "./moment.ts";
export { FURTHEST_PAGE, pageOf, type PageRequest, paginationOf } from "./pagination.ts";
export { logFileRoutes } from "./routes/log-files.ts";
export { logProxyRoutes } from "./routes/log-proxy.ts";
export { streamRoutes } from "./routes/streams.ts";
export {
  type AppendRequest,
  decodeAppend,
  encodeAppend,
  largestAppendBytes,
  type SealedSlot,
} from "./sealed-slots.ts";
export { isAudited } from "./route.ts";
export type { RateClass, RequestOf, ResponseOf, Role, RouteDefinition } from "./route.ts";
export { reachOf } from "./reach.ts";

/** Every operation of node-management by its operation id; fixed paths stand before parameter paths. */
export const routes = {
  ...networkRoutes,
  ...accessRoutes,
  ...sessionRoutes,
  ...auditRoutes,
  ...nodeRoutes,
  ...commandRoutes,
  ...maintenanceRoutes,
  ...resourceRoutes,
  ...poolRoutes,
  ...poolMemberRoutes,
  ...beaconRoutes,
  ...pootBoardRoutes,
  ...pootRoutes,
  ...ownerRoutes,
  ...ledgerRoutes,
  ...statementRoutes,
  ...addressRoutes,
  ...treasuryRoutes,
  ...treasuryForecastRoutes,
  ...payoutPauseRoutes,
  ...clearanceRoutes,
  ...payoutRoutes,
  ...payoutDecisionRoutes,
  ...holdRoutes,
};

export type Routes = typeof routes;
export type OperationId = keyof Routes;
