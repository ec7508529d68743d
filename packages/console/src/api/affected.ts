import type { NetworkEvent, OperationId } from "@lucid/api";

/** The operations whose answers an event makes old. */
export const affectedOperations = (type: NetworkEvent["type"]): readonly OperationId[] =>
  affected[type];

const affected: Record<NetworkEvent["type"], readonly OperationId[]> = {
  slot: ["getNetwork", "getPresence", "listNodes", "getNode", "getNodeStatus", "getPoot"],
  // A beacon is drawn into the presence we hold; the next slot reads it again.
  beacon: [],
  node: ["getNetwork", "listNodes", "getNode", "getNodeStatus"],
  epoch: ["getNetwork", "listEpochs", "getEpoch", "listEpochResults", "getPoot", "listPootHistory"],
  ledger: ["listLedger", "listOwners", "getOwner", "getStatement", "getPayoutStatistics"],
  payout: [
    "listPayouts",
    "listOwnerPayouts",
    "getPayoutStatistics",
    "getPayoutSchedule",
    "listOwners",
    "getOwner",
    "getStatement",
  ],
};

export const eventTypes = Object.keys(affected) as NetworkEvent["type"][];
