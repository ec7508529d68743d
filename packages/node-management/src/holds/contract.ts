import type { HoldReason, NetworkEvent } from "@lucid/api";
import type { Clock } from "@lucid/platform/clock";
import type { Collection } from "@lucid/platform/documents";
import type { Events } from "@lucid/platform/events";
import type { Ledger } from "../ledger/index.ts";
import type { Policies } from "../policy/index.ts";
import type { Network } from "../shared/network.ts";
import type { Page, PageRequest } from "../shared/page.ts";
import type { HoldDocument, HoldState } from "./documents.ts";

export type HoldsContext = {
  readonly network: Network;
  readonly clock: Pick<Clock, "now">;
  readonly policies: Pick<Policies, "forSlot">;
  readonly ledger: Pick<Ledger, "append" | "balance" | "byKey">;
  readonly events: Pick<Events<NetworkEvent>, "publish">;
  readonly ownerExists: (ownerId: string) => boolean;
  readonly holds: Collection<HoldDocument>;
};

export type HoldRefusal = "owners.unknown" | `holds.${"unknown" | "held" | "state" | "amount"}`;

export type Refused = {
  readonly outcome: "refused";
  readonly code: HoldRefusal;
  readonly detail: string;
};

export type HoldVerdict =
  | { readonly outcome: "taken" | "present"; readonly hold: HoldDocument }
  | Refused;

export type PutRequest = {
  readonly ownerId: string;
  readonly reasonCode: HoldReason;
  readonly reason: string;
  readonly by: string;
};

export type EndRequest = { readonly holdId: string; readonly reason: string; readonly by: string };

/** Gates that people put before an owner's payouts. */
export type Holds = {
  /** The same words about the same owner find the hold that they put. */
  put(request: PutRequest): Promise<HoldVerdict>;
  release(request: EndRequest): Promise<HoldVerdict>;
  /** One person's word; the second one's that is the same ends the hold and takes `forfeitMicro` from the balance. */
  uphold(request: EndRequest & { readonly forfeitMicro: bigint }): Promise<HoldVerdict>;
  /** One sentence about what holds an owner's payouts; null when nothing does. */
  explain(ownerId: string): Promise<string | null>;
  /** Takes what was forfeited and is not taken yet. Repeatable. */
  takeForfeits(): Promise<void>;
  get(holdId: string): Promise<HoldDocument | null>;
  /** Newest first. */
  list(
    request: PageRequest,
    only?: { ownerId?: string | undefined; state?: HoldState | undefined },
  ): Promise<Page<HoldDocument>>;
  /** All that an owner ever had, oldest first. */
  ofOwner(ownerId: string): Promise<HoldDocument[]>;
};
