import type { ErrorCode } from "@lucid/api";
import type { PoolSeat } from "@lucid/protocol";
import type { AnyRecordSource } from "../shared/record-source.ts";
import type { PoolDocument, SeatDocument } from "./documents.ts";

/** How a pool pays, and what a node agrees to: its work credits, or equal parts of what those who agreed earned. */
export type RewardMethod = PoolSeat["consent"];
/** How a pool counts its load when a place is sought: by members, or by their scores. */
export type Placement = PoolDocument["placement"];

export type PoolRefusal = {
  readonly outcome: "refused";
  readonly code: ErrorCode;
  readonly detail: string;
  /** For programs: how many seats there are and how many are taken. */
  readonly extensions?: Readonly<Record<string, unknown>>;
};

export type PoolVerdict =
  | { readonly outcome: "created" | "found" | "changed"; readonly pool: PoolDocument }
  | PoolRefusal;

export type SeatVerdict =
  | { readonly outcome: "joined" | "moved" | "found" | "changed"; readonly seat: SeatDocument }
  | PoolRefusal;

export type LeaveVerdict = { readonly outcome: "left"; readonly seat: SeatDocument } | PoolRefusal;

export type PoolPlan = {
  readonly poolId: string;
  readonly name: string;
  /** work_credits unless given */
  readonly rewardMethod?: RewardMethod | undefined;
  /** least_loaded unless given */
  readonly placement?: Placement | undefined;
  /** what the network allows at most unless given */
  readonly maxNodes?: number | undefined;
};

export type PoolChange = {
  readonly name?: string | undefined;
  readonly rewardMethod?: RewardMethod | undefined;
  readonly placement?: Placement | undefined;
  /** Only larger: a seat that exists stays. */
  readonly maxNodes?: number | undefined;
  /** `draining`: nobody joins any more, members stay; `active` takes that back. */
  readonly state?: "active" | "draining" | undefined;
};

export type JoinRequest = {
  readonly nodeId: string;
  readonly consent: RewardMethod;
  /** The pool that the node leaves with this; absent for a node that sits in none. */
  readonly from?: string | undefined;
};

/** Named groups of nodes. The store is the truth: whatever is asked is read there. */
export type Pools = {
  create(plan: PoolPlan): Promise<PoolVerdict>;
  change(poolId: string, change: PoolChange): Promise<PoolVerdict>;
  /** Drains a pool, empties it and disbands it; what a crash cuts short the chore goes on with. */
  disband(poolId: string): Promise<PoolVerdict>;
  pool(poolId: string): Promise<PoolDocument | null>;
  /** All pools in ascending id. */
  pools(): Promise<PoolDocument[]>;
  /** Who sits in a pool, by seat. */
  members(poolId: string): Promise<SeatDocument[]>;
  /** The slot whose block says what a seat says now; null while none does. */
  sealedSlot(seat: SeatDocument): Promise<number | null>;
  seatOf(nodeId: string): Promise<SeatDocument | null>;
  join(poolId: string, request: JoinRequest): Promise<SeatVerdict>;
  /** Joins the pool with the least load among those that pay as the node agreed to. */
  place(request: Omit<JoinRequest, "from">): Promise<SeatVerdict>;
  leave(poolId: string, nodeId: string): Promise<LeaveVerdict>;
  /** Goes on with what crashes cut short, and frees the seats of retired nodes. */
  tidy(signal: AbortSignal): Promise<void>;
  /** Who sat where by the blocks before a slot. */
  membersBefore(slot: number): Promise<ReadonlyMap<string, PoolSeat>>;
  /** What the log is told. */
  readonly sources: readonly AnyRecordSource[];
};
