import type { Documents } from "@lucid/platform/documents";
import type { Addresses } from "./addresses/index.ts";
import { createAuditSource } from "./audit/index.ts";
import type { BeaconsService } from "./beacons/index.ts";
import { createEpochClosedSource, createEpochResultSource } from "./epochs/index.ts";
import { createLedgerSource } from "./ledger/index.ts";
import type { MaintenanceService } from "./maintenance/index.ts";
import { createPayoutSource } from "./payouts/index.ts";
import { createPolicySource } from "./policy/index.ts";
import type { Pools } from "./pools/index.ts";
import type { RegistryService } from "./registry/index.ts";
import type { Network } from "./shared/network.ts";
import type { AnyRecordSource } from "./shared/record-source.ts";

export type RecordSourcesDeps = {
  readonly documents: Pick<Documents, "collection">;
  readonly network: Network;
};

/** What keeps in memory which of its facts are sealed. */
export type Remembering = {
  readonly registry: Pick<RegistryService, "sources">;
  readonly addresses: Pick<Addresses, "source">;
  readonly pools: Pick<Pools, "sources">;
  readonly maintenance: Pick<MaintenanceService, "source">;
  readonly beacons: Pick<BeaconsService, "sources">;
};

/** Everything that the log is told. */
export const createRecordSources = (
  deps: RecordSourcesDeps,
  { registry, addresses, pools, maintenance, beacons }: Remembering,
): readonly AnyRecordSource[] => [
  createAuditSource(deps),
  createPolicySource(deps),
  ...registry.sources,
  addresses.source,
  ...pools.sources,
  maintenance.source,
  ...beacons.sources,
  createEpochResultSource(deps),
  createEpochClosedSource(deps),
  createLedgerSource(deps),
  createPayoutSource(deps),
];
