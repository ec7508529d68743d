import type { NetworkEvent, OperationId } from "@lucid/api";

/** What a page reads: answers of operations, and what is read from the public log. */
export type Subject = OperationId | "log";

/** What an event makes old. */
export const affectedSubjects = (type: NetworkEvent["type"]): readonly Subject[] => affected[type];

/** What says in which block something stands: blocks come slot by slot. */
const sealed = [
  "listLedger",
  "getStatement",
  "listPayouts",
  "getPayout",
  "listOwnerPayouts",
  "getEpoch",
  "listEpochResults",
  "listPootHistory",
  "getOwner",
  "listAddressChanges",
  "listMaintenance",
] as const;

const affected: Record<NetworkEvent["type"], readonly Subject[]> = {
  slot: [
    "log",
    "getNetwork",
    "getPresence",
    "listNodes",
    "getNode",
    "getNodeStatus",
    "listCommands",
    "getPoot",
    "listPools",
    "getPool",
    "listMembers",
    "getPoolHealth",
    ...sealed,
  ],
  // A beacon is drawn into the presence we hold; the next slot reads it again.
  beacon: [],
  node: ["getNetwork", "listNodes", "getNode", "getNodeStatus"],
  address: ["listOwners", "getOwner", "listAddressChanges"],
  pool: ["listPools", "getPool", "listMembers", "getPoolHealth"],
  epoch: ["getNetwork", "listEpochs", "getEpoch", "listEpochResults", "getPoot", "listPootHistory"],
  ledger: [
    "listLedger",
    "listOwners",
    "getOwner",
    "getStatement",
    "getPayoutStatistics",
    "getPayoutPlan",
    "getSolvency",
  ],
  command: ["listCommands", "listOpenCommands"],
  alert: ["listAlerts", "listActiveAlerts", "getResources"],
  hold: ["listHolds", "listOwners", "getOwner", "getStatement"],
  payout: [
    "getNetwork",
    "listPayouts",
    "getPayout",
    "listOwnerPayouts",
    "listHolds",
    "getPayoutStatistics",
    "getPayoutSchedule",
    "getPayoutPlan",
    "getSolvency",
    "listOwners",
    "getOwner",
    "getStatement",
  ],
};

export const eventTypes = Object.keys(affected) as NetworkEvent["type"][];
