/** What can be wrong with beacons and the chain that they are committed to. */
export const beaconErrors = {
  "commitments.signature": {
    status: 422,
    title: "The commitment's signature is wrong",
    retry: "changed",
    fix: "Sign kind `commitment` for this network_id with the node's key.",
  },
  "commitments.window": {
    status: 409,
    title: "The commitment is outside its window",
    retry: "no",
    fix: "Commit from the last twelfth of the epoch before until the epoch's end; check the clock against server_time.",
  },
  "commitments.equivocation": {
    status: 409,
    title: "The node committed to another chain for this epoch",
    retry: "no",
    fix: "The first commitment counts. Two programs run with one key: stop one of them.",
  },
  "beacons.stale": {
    status: 409,
    title: "The beacon is older than what was accepted",
    retry: "no",
    fix: "Send beacons in the order of their slots.",
  },
  "beacons.late": {
    status: 409,
    title: "The slot's window has closed",
    retry: "no",
    fix: "Go on with the current slot; if this repeats, check the clock against server_time.",
  },
  "beacons.early": {
    status: 409,
    title: "The slot has not begun",
    retry: "later",
    fix: "Wait for the slot; check the clock against server_time.",
  },
  "beacons.no_commitment": {
    status: 409,
    title: "The node has no commitment for this epoch",
    retry: "changed",
    fix: "POST /api/v1/beacons/commitments first.",
  },
  "beacons.wrong_reveal": {
    status: 422,
    title: "The reveal is not on the committed chain",
    retry: "no",
    fix: "Derive the chain for this network and epoch from the node's key; reveal c[s+1] for slot index s.",
  },
  "beacons.gap_unsigned": {
    status: 422,
    title: "After a gap of more than 32 slots a beacon needs the node's signature",
    retry: "changed",
    fix: "Add `signature` (kind `beacon`) over node_id, slot and reveal.",
  },
} as const;
