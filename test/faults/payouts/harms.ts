import type { Fault } from "@lucid/tron-devnet";

/** What happens to one write, chain call or signature itself. */
export const OPERATION_HARMS = [
  "dies_before",
  "dies_after",
  "answer_lost",
  "never_arrived",
  "twice",
  "late",
  "error_answered",
] as const;

/** What is wrong with the chain from an operation on, until everything is repaired before the last life. */
export const CHAIN_HARMS = {
  next_answer_lost: { kind: "answer_lost" },
  next_answer_error: { kind: "answer_error" },
  next_never_included: { kind: "never_included" },
  next_late: { kind: "accepted_late" },
  next_very_late: { kind: "accepted_late", blocks: 40 },
  next_reorganised: { kind: "reorganised" },
  next_reverted: { kind: "reverted" },
  next_out_of_energy: { kind: "out_of_energy" },
  next_fee_on: { kind: "fee_on" },
  next_sender_frozen: { kind: "sender_frozen" },
  a_down: { kind: "down", node: "a" },
  all_down: { kind: "down" },
  a_html: { kind: "html", node: "a" },
  all_html: { kind: "html" },
  a_empty_body: { kind: "empty_body", node: "a" },
  all_empty_object: { kind: "empty_object" },
  b_empty_object: { kind: "empty_object", node: "b" },
  a_key_refused: { kind: "key_refused", node: "a" },
  all_rate_limited: { kind: "rate_limited" },
  a_behind: { kind: "behind", node: "a", blocks: 3 },
  b_hour_behind: { kind: "behind", node: "b" },
  all_behind: { kind: "behind", blocks: 3 },
  a_history_off: { kind: "history_off", node: "a" },
  all_history_off: { kind: "history_off" },
  a_denies: { kind: "denies", node: "a" },
  b_denies: { kind: "denies", node: "b" },
  chain_hour_ahead: { kind: "clock_skew", ms: 3_600_000 },
} as const satisfies Record<string, Fault>;

/** The token's switches, turned by its owner. */
export const TOKEN_HARMS = ["paused", "deprecated", "fee_on", "blacklisted"] as const;

export const SIGNER_HARMS = [
  /** The signer's process ends around its next line in the journal, and is started again. */
  "signer_dies_before_line",
  "signer_dies_after_line",
  /** Its journal goes back to when it was made; its mark stays, or goes back with it. */
  "journal_restored",
  "signer_restored",
] as const;

/** People at another process, in the middle of what the payer does. */
export const PEOPLE_HARMS = [
  "people_approve",
  "people_cancel",
  "people_pause",
  /** Every owner is held until everything is repaired. */
  "people_hold",
  /** A treasurer says what each Transfer was that the books do not know. */
  "people_record",
] as const;

/** The rest: another payer, another ledger, another past. */
export const OTHER_HARMS = [
  "we_hour_ahead",
  /** A later payer steals the lease and makes a whole run; this one goes on. */
  "rival",
  /** Another ledger pays somebody from the same wallet. */
  "other_ledger",
  /** A copy of the store, taken now, pays from the same wallet with its own payer. */
  "clone",
  /** The process dies, and the store goes back to before the payer's `arg`-th write. */
  "restored",
  /** The process dies, and the store is lost; settlement credits again what was earned. */
  "emptied",
] as const;

export type OperationHarm = (typeof OPERATION_HARMS)[number];
export type ChainHarm = keyof typeof CHAIN_HARMS;
export type TokenHarm = (typeof TOKEN_HARMS)[number];
export type SignerHarm = (typeof SIGNER_HARMS)[number];
export type PeopleHarm = (typeof PEOPLE_HARMS)[number];
export type Harm =
  | OperationHarm
  | ChainHarm
  | TokenHarm
  | SignerHarm
  | PeopleHarm
  | (typeof OTHER_HARMS)[number];

export const HARMS: readonly Harm[] = [
  ...OPERATION_HARMS,
  ...(Object.keys(CHAIN_HARMS) as ChainHarm[]),
  ...TOKEN_HARMS,
  ...SIGNER_HARMS,
  ...PEOPLE_HARMS,
  ...OTHER_HARMS,
];

export const isOperationHarm = (harm: Harm): harm is OperationHarm =>
  OPERATION_HARMS.some((known) => known === harm);
export const isChainHarm = (harm: Harm): harm is ChainHarm => Object.hasOwn(CHAIN_HARMS, harm);
