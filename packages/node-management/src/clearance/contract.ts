import type { CheckResult } from "@lucid/platform/checks";
import type { Clock } from "@lucid/platform/clock";
import type { Collection } from "@lucid/platform/documents";
import type { ChainPort, Signer } from "@lucid/tron";
import type { Policies } from "../policy/index.ts";
import type { Network } from "../shared/network.ts";
import type { GateVerdict, Treasury } from "../treasury/index.ts";
import type { ClearanceDocument } from "./documents.ts";

/** How this process is set up to pay, as far as it can be compared with what was cleared. */
export type PayerSetup = {
  /** Whether nothing may be signed before people enabled it. */
  readonly requiresCheck: boolean;
  /** The host of each endpoint. */
  readonly hosts: readonly string[];
  /** The host of the account history; null without one. */
  readonly historyHost: string | null;
  /** Null while the key is in this process. */
  readonly signer: {
    readonly socketPath: string;
    /** Whom the socket belongs to; null when it is not there. Throws when we may not look. */
    readonly uid: () => number | null;
    /** What it says of itself. Throws when it does not answer. */
    readonly status: () => Promise<unknown>;
  } | null;
  /** The user id of this process. */
  readonly ourUid: number;
  /** Files of a wallet's key that this process can read. */
  readonly readableKeys: () => readonly string[];
};

/** What the wallet holds against what the next run needs; null is unknown, `unknown` says why. */
export type Funds = {
  readonly heldMicro: bigint | null;
  readonly heldSun: bigint | null;
  readonly heldEnergy: bigint | null;
  readonly dueMicro: bigint;
  readonly payouts: number;
  /** Of one payout. */
  readonly energy: bigint | null;
  readonly burnedSun: bigint | null;
  readonly unknown: readonly string[];
};

/** What every check is given. */
export type ClearanceContext = {
  readonly network: Network;
  readonly clock: Pick<Clock, "now" | "sleep">;
  readonly policies: Pick<Policies, "forSlot">;
  readonly treasury: Pick<Treasury, "gate" | "reconcile">;
  readonly chains: readonly [ChainPort, ...ChainPort[]];
  readonly wallet: string;
  readonly genesisBlockId: string;
  readonly setup: PayerSetup;
  readonly clearances: Collection<ClearanceDocument>;
  readonly funds: () => Promise<Funds | null>;
};

export type ClearanceStatus = {
  /** Whether this chain asks for it. */
  readonly required: boolean;
  /** Null when something may be signed; otherwise why not. */
  readonly off: string | null;
  /** The decision in force. */
  readonly decision: ClearanceDocument | null;
};

export type ClearanceVerdict =
  | { readonly outcome: "enabled" | "present"; readonly decision: ClearanceDocument }
  | { readonly outcome: "refused"; readonly checks: readonly CheckResult[] };

/** Whether money may move on a chain where it is real: people say so once, after checks, for one exact set-up. */
export type Clearance = {
  /** Makes every check now. */
  check(): Promise<CheckResult[]>;
  /** Makes every check, and writes the decision when all are ok. */
  enable(request: { readonly by: string; readonly reason: string }): Promise<ClearanceVerdict>;
  status(): Promise<ClearanceStatus>;
  /** The treasury's gate, which opens only where this one is open too. */
  gate(): Promise<GateVerdict>;
};

/** Signs only what is cleared at that moment. */
export type GuardSigner = (signer: Signer) => Signer;
