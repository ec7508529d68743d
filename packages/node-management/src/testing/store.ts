import { type Documents, openDocuments } from "@lucid/platform/documents";
import { leaseCollection } from "@lucid/platform/leases";
import { beaconsCollections } from "../beacons/index.ts";
import { epochsCollections } from "../epochs/index.ts";
import { ledgerCollections } from "../ledger/index.ts";
import { payoutsCollections } from "../payouts/index.ts";
import { policyCollections } from "../policy/index.ts";
import { registryCollections } from "../registry/index.ts";
import { sealingCollections } from "../sealing/index.ts";
import { treasuryCollections } from "../treasury/index.ts";

/** An empty store in memory with every collection of the service. */
export const openTestStore = (): Promise<Documents> =>
  openDocuments({ engine: "sqlite", path: ":memory:" }, [
    leaseCollection,
    ...policyCollections,
    ...registryCollections,
    ...beaconsCollections,
    ...sealingCollections,
    ...ledgerCollections,
    ...epochsCollections,
    ...treasuryCollections,
    ...payoutsCollections,
  ]);
