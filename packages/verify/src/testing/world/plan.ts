import type {
  Genesis,
  LedgerDraft,
  PayoutRecord,
  PayoutRules,
  Policy,
  PoolSeat,
  RecordData,
  RecordType,
  SettlementInput,
  SettlementResult,
} from "@lucid/protocol";
import type { Files } from "../files.ts";
import type { TestDraft } from "../write-log.ts";
import type { WorldNode } from "./cast.ts";

/** What happens in a world; heights count from 0, nodes from 0. */
export type WorldPlan = {
  nodes: number;
  owners: number;
  slotsPerEpoch: number;
  blocks: number;
  /** slots before `first_slot` in the first epoch */
  lateStart: number;
  isPresent(node: number, height: number): boolean;
  /** heights of blocks that nobody observed, that are excused as deaf, that leave a backlog, that are sealed late */
  unobserved: readonly number[];
  deaf: readonly number[];
  backlog: readonly number[];
  late: readonly number[];
  /** this node is approved by a person at that height; the others are admitted at height 0 */
  approval: { node: number; height: number };
  maintenance: readonly { node: number; height: number; from: number; to: number }[];
  /** who takes a seat, or leaves it, at which height */
  seats: readonly {
    node: number;
    height: number;
    pool: string;
    seat: number;
    consent?: PoolSeat["consent"];
  }[];
  /** the second policy is announced at this height */
  announcement: number;
  budgetMicro: bigint;
  /** where the network or its payout rules differ from a demo's */
  genesis?: Partial<Genesis>;
  payout?: Partial<PayoutRules>;
};

/** One beacon on its way into a block. */
export type WorldBeacon = { node: WorldNode; reveal: Uint8Array };

/** A record on its way into a block. */
export type WorldRecord = {
  [Type in RecordType]: { type: Type; data: RecordData[Type] };
}[RecordType];

/**
 * Where an operator can lie. Everything downstream of a lie follows from it, so that the log holds together but for the
 * lie itself.
 */
export type Lies = {
  beacons?: (height: number, beacons: WorldBeacon[]) => WorldBeacon[];
  records?: (height: number, records: WorldRecord[]) => WorldRecord[];
  policyInForce?: (epoch: number, honest: Policy, all: readonly Policy[]) => Policy;
  evidence?: (input: SettlementInput) => SettlementInput;
  result?: (result: SettlementResult, input: SettlementInput) => SettlementResult;
  entries?: (drafts: LedgerDraft[]) => LedgerDraft[];
  payout?: (record: PayoutRecord) => PayoutRecord;
  /** slots after the end of an epoch at which it is settled, instead of the cut */
  settlesAt?: number;
  /** slots from a debit to its signature, instead of the policy's delay */
  signsAfter?: number;
  drafts?: (drafts: TestDraft[]) => TestDraft[];
  files?: (files: Files) => void;
};

/** Twelve nodes of six owners over three short epochs, in which everything happens that a log can tell. */
export const fullPlan: WorldPlan = {
  nodes: 12,
  owners: 6,
  slotsPerEpoch: 24,
  blocks: 86,
  lateStart: 6,
  isPresent: (node, height) => {
    if (height >= 30 && height < 33) return node === 0; // nearly all fall silent at once
    return (height * 7 + node * 3) % (node + 5) !== 0;
  },
  unobserved: [9],
  deaf: [15],
  backlog: [19],
  late: [9, 10],
  approval: { node: 11, height: 8 },
  maintenance: [{ node: 0, height: 3, from: 5, to: 7 }],
  seats: [],
  announcement: 4,
  budgetMicro: 60_000_000n,
};
