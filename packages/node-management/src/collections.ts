import { leaseCollection } from "@lucid/platform/leases";
import { beaconsCollections } from "./beacons/index.ts";
import { epochsCollections } from "./epochs/index.ts";
import { ledgerCollections } from "./ledger/index.ts";
import { holdsCollections } from "./holds/index.ts";
import { networkCollections } from "./network/index.ts";
import { payoutsCollections } from "./payouts/index.ts";
import { policyCollections } from "./policy/index.ts";
import { registryCollections } from "./registry/index.ts";
import { sealingCollections } from "./sealing/index.ts";
import { treasuryCollections } from "./treasury/index.ts";

/** Everything that the service keeps. */
export const collections = [
  ...networkCollections,
  ...policyCollections,
  ...registryCollections,
  ...beaconsCollections,
  ...sealingCollections,
  ...epochsCollections,
  ...ledgerCollections,
  ...treasuryCollections,
  ...holdsCollections,
  ...payoutsCollections,
  leaseCollection,
];
