/** What was recomputed, by kind. */
export type Checked =
  | "blocks"
  | "leaves"
  | "policies"
  | "enrolments"
  | "address_changes"
  | "standings"
  | "seats"
  | "maintenance"
  | "commitments"
  | "beacons"
  | "silent_slots"
  | "epochs"
  | "epoch_results"
  | "ledger_entries"
  | "rewards"
  | "payouts"
  | "payout_states"
  | "transfers";

/** What rests on the operator's word, by kind. */
export type Attested =
  | "standings_by_people"
  | "beacon_times"
  | "late_blocks"
  | "unobserved_slots"
  | "deaf_excuses"
  | "ledger_bindings"
  | "decisions_about_pay"
  | "transfers"
  | "audit_roots";

/** Counts of what was checked and of what is attested. */
export type Tally = {
  check(what: Checked, count?: number): void;
  attest(what: Attested, count?: number): void;
  checked(): Partial<Record<Checked, number>>;
  attested(): Partial<Record<Attested, number>>;
};

export const createTally = (): Tally => {
  const checked: Partial<Record<Checked, number>> = {};
  const attested: Partial<Record<Attested, number>> = {};
  return {
    check(what, count = 1) {
      if (count > 0) checked[what] = (checked[what] ?? 0) + count;
    },
    attest(what, count = 1) {
      if (count > 0) attested[what] = (attested[what] ?? 0) + count;
    },
    checked: () => ({ ...checked }),
    attested: () => ({ ...attested }),
  };
};
