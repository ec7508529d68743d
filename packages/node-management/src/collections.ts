import { leaseCollection } from "@lucid/platform/leases";
import { accessCollections } from "./access/index.ts";
import { auditCollections } from "./audit/index.ts";
import { addressesCollections } from "./addresses/index.ts";
import { beaconsCollections } from "./beacons/index.ts";
import { clearanceCollections } from "./clearance/index.ts";
import { commandsCollections } from "./commands/index.ts";
import { epochsCollections } from "./epochs/index.ts";
import { holdsCollections } from "./holds/index.ts";
import { ledgerCollections } from "./ledger/index.ts";
import { maintenanceCollections } from "./maintenance/index.ts";
import { networkCollections } from "./network/index.ts";
import { payoutsCollections } from "./payouts/index.ts";
import { policyCollections } from "./policy/index.ts";
import { poolsCollections } from "./pools/index.ts";
import { registryCollections } from "./registry/index.ts";
import { resourcesCollections } from "./resources/index.ts";
import { sealingCollections } from "./sealing/index.ts";
import { treasuryCollections } from "./treasury/index.ts";

/** Everything that the service keeps. */
export const collections = [
  ...networkCollections,
  ...auditCollections,
  ...accessCollections,
  ...policyCollections,
  ...registryCollections,
  ...addressesCollections,
  ...poolsCollections,
  ...commandsCollections,
  ...maintenanceCollections,
  ...beaconsCollections,
  ...sealingCollections,
  ...epochsCollections,
  ...ledgerCollections,
  ...holdsCollections,
  ...treasuryCollections,
  ...clearanceCollections,
  ...payoutsCollections,
  ...resourcesCollections,
  leaseCollection,
];
