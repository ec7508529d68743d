import type { ErrorCode } from "@lucid/api";
import type {
  AddressChange,
  AddressChangeCancellation,
  ChangeState,
  Problem,
} from "@lucid/protocol";
import type { Page, PageRequest } from "../shared/page.ts";
import type { Reached } from "../shared/follow.ts";
import type { RecordSource } from "../shared/record-source.ts";

/** A change and what became of it so far. */
export type AddressChangeStatus = {
  readonly change: AddressChange;
  /** `announced` until a block holds it. */
  readonly state: "announced" | ChangeState;
  readonly announcedAtMs: number;
  /** When its delay ends; while no block holds it, when it would if the next one does. */
  readonly takesForceAtMs: number;
  readonly cancelledAtMs: number | null;
  /** Whether the old wallet took it back and no block says so yet. */
  readonly isBeingCancelled: boolean;
  readonly sealedSlot: number | null;
};

export type Refusal = {
  readonly outcome: "refused";
  readonly code: ErrorCode;
  readonly detail: string;
  /** The fields that are wrong, where the form of them is. */
  readonly errors?: readonly Problem[];
};

export type AddressVerdict =
  | { readonly outcome: "announced" | "found"; readonly status: AddressChangeStatus }
  | Refusal;

/** Where owners are paid, and how that changes: announced, waited for, and then by itself. */
export type Addresses = {
  /** Accepts a change that is signed as it must be and may take force; a repetition finds the first. */
  change(change: AddressChange): Promise<AddressVerdict>;
  /** Accepts the old wallet's word against a change that was made without it. */
  cancel(cancellation: AddressChangeCancellation): Promise<AddressVerdict>;
  /** Every change of an owner, newest first. */
  list(ownerId: string, request: PageRequest): Promise<Page<AddressChangeStatus>>;
  /** The change that takes force next, or is announced; null when none is. */
  next(ownerId: string): Promise<AddressChangeStatus | null>;
  /** The `seq` of an owner's next change. */
  nextSeq(ownerId: string): number;
  /** Takes what other replicas accepted into memory; `reached` was read before. */
  follow(reached: Reached): Promise<void>;
  /** What the log is told. */
  readonly source: RecordSource<"address_change">;
};
