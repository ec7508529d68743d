import type { Clock } from "@lucid/platform/clock";
import type { Collection } from "@lucid/platform/documents";
import type { ChainPort, TransferLog } from "@lucid/tron";
import type { Ledger } from "../ledger/index.ts";
import type { Policies } from "../policy/index.ts";
import type { ClaimAddress } from "../registry/index.ts";
import type { Network } from "../shared/network.ts";
import type { Page, PageRequest } from "../shared/page.ts";
import type {
  IncomingDocument,
  RecordDocument,
  ReconciliationDocument,
  WalletDocument,
} from "./documents.ts";

/** What the books say of one transfer that was, or may have been, sent. */
export type Attempt = {
  readonly payoutId: string;
  readonly ownerId: string;
  /** The payout's state. */
  readonly state: string;
  /** What becomes of it is not decided yet. */
  readonly isOpen: boolean;
  /** Its own transaction was sent, and may still get into a block. */
  readonly mayArrive: boolean;
  readonly txid: string | null;
  readonly token: string | null;
  readonly wallet: string | null;
  readonly recipient: string;
  readonly netMicro: bigint;
  readonly block: number | null;
  /** Two people ended its dispute, whatever it moved. */
  readonly isClosed: boolean;
  /** The transactions that people said paid it, oldest first. */
  readonly saidPaidBy: readonly string[];
};

/** The transaction that a person said paid a payout; its record is null until that is written too. */
export type Attribution = { readonly txid: string; readonly record: RecordDocument | null };

export type AttributionWord = Pick<RecordRequest, "txid" | "by" | "reason"> & {
  readonly atMs: number;
};

/** The payouts, as far as the chain can be compared with them. */
export type Attempts = {
  get(payoutId: string): Promise<Attempt | null>;
  /** Writes into a payout that a transaction paid it; false when it is another one by now than was read. */
  attribute(read: Attempt, word: AttributionWord): Promise<boolean>;
  byTxids(txids: readonly string[]): Promise<ReadonlyMap<string, Attempt>>;
  /** Confirmed ones out of a wallet, in blocks with from <= number < to. */
  confirmed(wallet: string, from: number, to: number): Promise<Attempt[]>;
  /** Those to a recipient of which nothing is on its way: not sent yet, or what was sent is dead. */
  unsent(recipient: string): Promise<Attempt[]>;
  /** Those that were signed and are not decided. */
  inFlight(): Promise<Attempt[]>;
  /** Every payout, once. */
  each(visit: (attempt: Attempt) => void): Promise<void>;
};

/** What differs between chain and books: each stops payouts until it is gone. */
export type DifferenceKind =
  /** Money left a wallet, and no payout and no record says so. */
  | "unknown_transfer"
  /** The books call a payout paid, and the chain does not show it. */
  | "missing_transfer"
  /** The chain carried out what the books call dead, or with another content. */
  | "contradiction"
  /** The wallet holds another amount than its Transfers leave. */
  | "balance"
  /** A block that was solidified has another id now. */
  | "history"
  /** Two sources tell different Transfers. */
  | "sources"
  /** A record that cannot be carried out in the ledger. */
  | "adjustment";

export type Difference = {
  readonly kind: DifferenceKind;
  readonly wallet: string;
  readonly txid: string | null;
  /** One sentence for treasurer and owners. */
  readonly words: string;
};

/** Whether anything may be signed. What could not be read is `waiting`; it never opens the gate. */
export type GateVerdict =
  | { readonly state: "open" }
  | { readonly state: "waiting"; readonly reason: string }
  | {
      readonly state: "stopped";
      readonly reason: string;
      readonly differences: readonly Difference[];
    };

export type RecordRequest = {
  readonly txid: string;
  readonly reason: string;
  readonly ownerId?: string | undefined;
  readonly payoutId?: string | undefined;
  readonly by: string;
};

export type RecordRefusal =
  | "treasury.unknown_transaction"
  | "treasury.recorded"
  | "treasury.known"
  | "treasury.no_match"
  | "treasury.balance"
  | "treasury.unreachable"
  | "payouts.not_configured"
  | "payouts.unknown"
  | "owners.unknown";

export type RecordVerdict =
  | { readonly outcome: "recorded" | "present"; readonly record: RecordDocument }
  | { readonly outcome: "refused"; readonly code: RecordRefusal; readonly detail: string };

/** What a wallet is for: paid from, left behind with payouts on their way, left behind and watched. */
export type WalletState = "active" | "draining" | "retired";

export type WalletStatus = {
  readonly address: string;
  readonly state: WalletState;
  readonly position: WalletDocument | null;
};

export type RotateVerdict =
  | { readonly outcome: "rotated"; readonly wallets: readonly WalletStatus[] }
  | {
      readonly outcome: "refused";
      readonly code: "treasury.wallet" | "treasury.unreachable" | "payouts.not_configured";
      readonly detail: string;
    };

export type TreasuryStatus = {
  /** Null before the first look. */
  readonly verdict: GateVerdict | null;
  readonly checkedAtMs: number | null;
  readonly wallets: readonly WalletStatus[];
  /** Came in, and nobody has said what it is. */
  readonly unrecorded: readonly IncomingDocument[];
  readonly unrecordedMicro: bigint;
};

export type Treasury = {
  /** Compares the chain with the books from where they last agreed; open means that something may be signed. */
  gate(): Promise<GateVerdict>;
  /** Has the next start of the service pay from another wallet; from now on nothing is signed with the old key. */
  rotate(address: string): Promise<RotateVerdict>;
  status(): Promise<TreasuryStatus>;
  /** Micro-USDT that came into a wallet and that nobody has recorded: it is not ours to pay with. */
  unrecordedMicro(wallet: string): Promise<bigint>;
  /** Of the transactions that people said paid a payout the one that counts. */
  attributedTo(payoutId: string, said: readonly string[]): Promise<Attribution | null>;
  record(request: RecordRequest): Promise<RecordVerdict>;
  /** Newest first. */
  records(request: PageRequest): Promise<Page<RecordDocument>>;
  /** Compares everything, from two sources where there are two. Null when it could not be read; the reason is said. */
  reconcile(): Promise<
    | { readonly ok: true; readonly result: ReconciliationDocument }
    | { readonly ok: false; readonly reason: string }
  >;
  lastReconciliation(): Promise<ReconciliationDocument | null>;
};

/** What every part of the treasury is given. */
export type TreasuryContext = {
  readonly network: Network;
  readonly clock: Pick<Clock, "now" | "monotonic">;
  readonly policies: Pick<Policies, "forSlot">;
  readonly ledger: Pick<Ledger, "entries" | "append" | "balance" | "byKey">;
  readonly attempts: Attempts;
  /** Whom an address belongs to. */
  readonly ownerOf: (address: string) => string | null;
  readonly ownerExists: (ownerId: string) => boolean;
  /** Keeps an address from becoming an owner's while it becomes a wallet of ours. */
  readonly claimAddress: ClaimAddress;
  readonly chains: readonly [ChainPort, ...ChainPort[]];
  /** The wallet whose key this process has. */
  readonly wallet: string;
  readonly wallets: Collection<WalletDocument>;
  readonly incoming: Collection<IncomingDocument>;
  readonly records: Collection<RecordDocument>;
  readonly reconciliations: Collection<ReconciliationDocument>;
};

/** What one endpoint shows of one wallet, all of it up to one solidified block. */
export type WalletView = {
  readonly number: number;
  readonly blockId: string;
  readonly blockAtMs: number;
  readonly tokenMicro: bigint;
  readonly out: readonly TransferLog[];
  readonly in: readonly TransferLog[];
  /** In blocks that may still be reorganised away. */
  readonly unsettled: readonly TransferLog[];
};
