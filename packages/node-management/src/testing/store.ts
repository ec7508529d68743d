import { type Documents, openDocuments } from "@lucid/platform/documents";
import { leaseCollection } from "@lucid/platform/leases";
import { addressesCollections } from "../addresses/index.ts";
import { beaconsCollections } from "../beacons/index.ts";
import { clearanceCollections } from "../clearance/index.ts";
import { commandsCollections } from "../commands/index.ts";
import { epochsCollections } from "../epochs/index.ts";
import { holdsCollections } from "../holds/index.ts";
import { ledgerCollections } from "../ledger/index.ts";
import { maintenanceCollections } from "../maintenance/index.ts";
import { payoutsCollections } from "../payouts/index.ts";
import { policyCollections } from "../policy/index.ts";
import { poolsCollections } from "../pools/index.ts";
import { registryCollections } from "../registry/index.ts";
import { sealingCollections } from "../sealing/index.ts";
import { treasuryCollections } from "../treasury/index.ts";

/** A store with every collection of the service, empty and in memory unless a file is named. */
export const openTestStore = (path = ":memory:"): Promise<Documents> =>
  openDocuments({ engine: "sqlite", path, create: true }, [
    leaseCollection,
    ...policyCollections,
    ...registryCollections,
    ...addressesCollections,
    ...poolsCollections,
    ...commandsCollections,
    ...maintenanceCollections,
    ...beaconsCollections,
    ...sealingCollections,
    ...ledgerCollections,
    ...epochsCollections,
    ...holdsCollections,
    ...treasuryCollections,
    ...clearanceCollections,
    ...payoutsCollections,
  ]);
