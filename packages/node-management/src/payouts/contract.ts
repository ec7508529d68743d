import type { NetworkEvent, PayoutState } from "@lucid/api";
import type { Clock } from "@lucid/platform/clock";
import type { Collection } from "@lucid/platform/documents";
import type { Events } from "@lucid/platform/events";
import type { Log } from "@lucid/platform/log";
import type { ChainPort, Signer } from "@lucid/tron";
import type { Holds } from "../holds/index.ts";
import type { PayerSetup } from "../clearance/index.ts";
import type { Ledger } from "../ledger/index.ts";
import type { Policies } from "../policy/index.ts";
import type { Lease } from "@lucid/platform/leases";
import type { Owner, Registry } from "../registry/index.ts";
import type { Network } from "../shared/network.ts";
import type { Page, PageRequest } from "../shared/page.ts";
import type { Treasury } from "../treasury/index.ts";
import type { DecisionRequest, DecisionVerdict } from "./decide.ts";
import type { Pause, PauseDocument } from "./pause.ts";
import type { Plan } from "./plan.ts";
import type { Looks } from "./schedule.ts";
import type { Solvency } from "./solvency.ts";
import type { ThresholdDocument } from "./thresholds.ts";
import type { PayoutDayDocument } from "./days.ts";
import type { PayoutDocument } from "./documents.ts";

/** What pays: the chain as each configured endpoint shows it, and the key of the wallet. */
export type Payer = {
  /** One port for each endpoint; at least one. */
  readonly chains: readonly [ChainPort, ...ChainPort[]];
  readonly signer: Signer;
  /** Id of block 0 of the chain that the network is bound to. */
  readonly genesisBlockId: string;
  readonly explorer?: string | undefined;
  /** How the process is set up; a payer without one is for chains where money is not real. */
  readonly setup?: PayerSetup | undefined;
};

export type PayoutsOptions = {
  /** How often due owners are looked for. */
  readonly periodMs: number;
  /** How often payouts on their way are followed. */
  readonly followMs: number;
  /** How often the same bytes are sent again. */
  readonly resendMs: number;
  /** The most that one transfer may burn. */
  readonly maxFeeSun: bigint;
};

/**
 * Why nothing new is paid: `waiting` until something can be read or is right again, as a treasury that is too short,
 * `paused` until somebody resumes, `stopped` until a person has said what happened. The reason does not repeat the state.
 */
export type Shut = { readonly state: "waiting" | "paused" | "stopped"; readonly reason: string };

/** Whether payouts run. */
export type PayoutsState =
  | { readonly state: "running"; readonly reason: null }
  | { readonly state: "not_configured"; readonly reason: string }
  | Shut;

/** What is known of the log that everybody can read. */
export type PublicLog = {
  /** The slot in whose block a ledger entry stands; null while it is not sealed. */
  readonly sealedSlot: (account: string, seq: number) => Promise<number | null>;
  /** How many blocks are published. */
  readonly size: () => number;
};

/** What every step of a payout is given. */
export type PayerContext = {
  readonly network: Network;
  readonly clock: Pick<Clock, "now" | "monotonic">;
  readonly log: Log;
  readonly policies: Pick<Policies, "forSlot" | "version">;
  readonly registry: Pick<Registry, "owner" | "owners" | "standingAt" | "addresses">;
  readonly ledger: Ledger;
  readonly publicLog: PublicLog;
  readonly holds: Pick<Holds, "explain" | "takeForfeits">;
  readonly treasury: Pick<Treasury, "gate" | "attributedTo" | "unrecordedMicro">;
  readonly pause: Pick<Pause, "read">;
  readonly events: Pick<Events<NetworkEvent>, "publish">;
  readonly payouts: Collection<PayoutDocument>;
  readonly days: Collection<PayoutDayDocument>;
  readonly thresholds: Collection<ThresholdDocument>;
  readonly payer: Payer;
  readonly options: PayoutsOptions;
  /** Monotonic ms at which the bytes of a payout were last sent by this process. */
  readonly sentAt: Map<string, number>;
  /** Endpoints that were seen to serve the right chain. */
  readonly verified: Set<ChainPort>;
  /** The fencing token of the lease under which this run works. */
  readonly fence: number;
  /** Says when this run has to end. */
  readonly signal: AbortSignal;
};

export type Payouts = {
  /** One run as the only payer; `lease` says so. */
  run(signal: AbortSignal, lease: Pick<Lease, "token">): Promise<void>;
  /**
   * Asks the payer, in whichever process it is, to look for due owners with its next run instead of when the period is
   * over; false when nothing is configured.
   */
  request(): Promise<boolean>;
  /** Has the payer run soon, in whichever process it is: there is something new for it to read. */
  call(): Promise<void>;
  /** Looks at what the payer and its callers in other processes say; tells whether it was called since the last look. */
  follow(): Promise<boolean>;
  /** As the payer last said, in whichever process it is. */
  state(): PayoutsState;
  /**
   * Pauses or resumes; shown here at once. A run that has begun stops before its next debit or signature, and goes on
   * with the next one after a resume. Null when nothing is configured.
   */
  turn(change: Parameters<Pause["turn"]>[0]): Promise<PauseDocument | null>;
  /** Writes down what a person decided about a payout; the next run carries it out. */
  decide(request: DecisionRequest): Promise<DecisionVerdict>;
  /** The owner's own threshold, micro-USDT; 0 without one. */
  threshold(ownerId: string): Promise<bigint>;
  setThreshold(ownerId: string, thresholdMicro: bigint): Promise<ThresholdDocument>;
  /** What the next run would do and cost; null when nothing is configured. */
  plan(): Promise<Plan | null>;
  /** What the treasury has against what it owes; null when nothing is configured. */
  solvency(): Promise<Solvency | null>;
  /** Wall-clock ms of the last look for due owners and of the next one. */
  schedule(): Looks;
  /** One sentence: what an owner's next payout waits for. */
  explainWait(owner: Owner): Promise<string>;
  get(payoutId: string): Promise<PayoutDocument | null>;
  /** Newest first, in one state or of one owner if given. */
  list(
    request: PageRequest,
    only?: { state?: PayoutState; ownerId?: string },
  ): Promise<Page<PayoutDocument>>;
  countByState(): Promise<Record<PayoutState, number>>;
  /** Micro-USDT reserved in the caps of a UTC day (`2025-01-31`) of chain time. */
  reservedMicro(day: string): Promise<bigint>;
  /** Micro-USDT that the chain confirmed, of one owner or of all. */
  confirmedMicro(ownerId?: string): Promise<bigint>;
};
