import type { Enrolment } from "../enrolment.ts";
import type { LedgerEntry } from "../ledger/entry.ts";
import type { Policy } from "../policy.ts";
import type { EpochClosed, EpochResult } from "../settlement/records.ts";

/** Root keys replace a key, or let a new log succeed a lost one. Signatures ascend by key. */
export type KeyChange = {
  role: "network" | "log" | "root";
  old: string;
  new: string;
  seq: number;
  succeeds?: { origin: string; size: number; root: string; new_origin: string };
  signatures: { key: string; signature: string }[];
};

/** An owner's new address, signed by one of its nodes, the new wallet and, for the short delay, the old one. */
export type AddressChange = {
  owner_id: string;
  node_id: string;
  old_address: string;
  new_address: string;
  seq: number;
  new_wallet_signature: string;
  old_wallet_signature?: string;
  signature: string;
};

/** The old wallet takes back a change that was made without it. */
export type AddressChangeCancellation = {
  owner_id: string;
  seq: number;
  wallet_signature: string;
};

/** What a node may do from the slot after the block on. An owner's wallet signs with a `seq` of its own. */
export type StandingRecord = {
  node_id: string;
  standing: "pending" | "active" | "suspended" | "retired";
  reason: string;
  by: "admission" | "operator" | "owner" | "flag";
  wallet_signature?: string;
  seq?: number;
};

/** Who sits on a seat from the slot after the block on; nobody when `node_id` is absent. */
export type Seat = {
  pool_id: string;
  seat: number;
  node_id?: string;
  consent?: "equal" | "work_credits";
};

/** A node's promise of one hash chain for an epoch. */
export type Commitment = { node_id: string; epoch: number; anchor: string; signature: string };

/** Announced work on a node, `to_slot` not included. */
export type Maintenance = { node_id: string; from_slot: number; to_slot: number };

/** Slots, `to_slot` not included, in which the service could not hear for `deaf_ms` in sum. */
export type Excuse = { kind: "deaf"; from_slot: number; to_slot: number; deaf_ms?: number };

/** A change of a payout's state that its owner can see; amounts in micro-USDT, `at` in chain time. */
export type PayoutRecord = {
  payout_id: string;
  owner_id: string;
  state:
    | "created"
    | "approved"
    | "signed"
    | "confirmed"
    | "failed"
    | "expired"
    | "disputed"
    | "cancelled";
  attempt: number;
  recipient: string;
  gross_micro: string;
  net_micro: string;
  fee_micro: string;
  at: number;
  txid?: string;
  tron_block?: number;
};

/** The audit trail of an epoch: how many lines and their RFC 6962 root. */
export type AuditRoot = { epoch: number; count: number; root: string };

/** What a record of each type says. */
export type RecordData = {
  key_change: KeyChange;
  policy: Policy;
  enrolment: Enrolment;
  address_change: AddressChange | AddressChangeCancellation;
  standing: StandingRecord;
  seat: Seat;
  commitment: Commitment;
  maintenance: Maintenance;
  excuse: Excuse;
  epoch_result: EpochResult;
  epoch_closed: EpochClosed;
  ledger_entry: LedgerEntry;
  payout: PayoutRecord;
  audit_root: AuditRoot;
};

/** A type of record that a body may hold. */
export type RecordType = keyof RecordData;

/** One fact in a block body. */
export type SealedRecord = {
  [Type in RecordType]: { record: Type; data: RecordData[Type] };
}[RecordType];
