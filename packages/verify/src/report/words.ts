import type { Attested, Checked } from "./tally.ts";

/** What people call what was recomputed, in the order in which one rests on the other. */
export const checkedWords: Readonly<Record<Checked, string>> = {
  blocks: "blocks, linked and signed",
  leaves: "leaves under their body roots",
  policies: "policies, in force when announced",
  enrolments: "enrolments, signed by node and wallet",
  address_changes: "address changes, signed",
  standings: "standings by rule or owner's signature",
  seats: "seats in pools",
  maintenance: "announced maintenance within its limit",
  commitments: "commitments, signed by their nodes",
  beacons: "beacons against their commitments",
  silent_slots: "slots excused as silence",
  epochs: "epochs settled again",
  epoch_results: "results of nodes",
  ledger_entries: "ledger entries, chained and balanced",
  rewards: "rewards, each entered once",
  payouts: "payouts that follow from the ledger",
  payout_states: "steps of payouts",
  transfers: "transfers seen on the chain",
};

/** What people call what rests on the operator's word. */
export const attestedWords: Readonly<Record<Attested, string>> = {
  beacon_times: "beacons: that they came in their slot",
  late_blocks: "blocks sealed late",
  unobserved_slots: "slots in which nobody could hear",
  deaf_excuses: "excuses for not hearing",
  standings_by_people: "standings decided by people",
  decisions_about_pay: "forfeits and adjustments decided by people",
  ledger_bindings: "chain, token and wallets of the ledger",
  transfers: "payouts said to have arrived",
  audit_roots: "roots of the audit trail",
};
