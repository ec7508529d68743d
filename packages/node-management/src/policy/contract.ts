import type { Policy } from "@lucid/protocol";
import type { Page, PageRequest } from "../shared/page.ts";

/** A policy as it was announced. Versions ascend with announcement, which decides between equal `from_epoch`s. */
export type StoredPolicy = {
  readonly version: number;
  readonly policy: Policy;
  readonly policyHash: string;
  readonly madeAtMs: number;
  readonly madeBy: string;
};

export type PolicyRefusal = {
  readonly outcome: "refused";
  readonly code: "policy.invalid" | "policy.conflict" | "policy.from_epoch";
  readonly detail: string;
};

export type AnnounceVerdict =
  | { readonly outcome: "announced" | "found"; readonly stored: StoredPolicy }
  | PolicyRefusal;

/** The versions of the rules that may change. Held in memory after the load; the documents are the truth. */
export type Policies = {
  /** The policy that rules `epoch`. */
  forEpoch(epoch: number): Policy;
  forSlot(slot: number): Policy;
  /** The policy with this version number, null when there is none. */
  version(version: number): Policy | null;
  /** Newest version first. */
  list(request: PageRequest): Page<StoredPolicy>;
  /** Announces the next version; repeating the same document finds what the first call made. */
  announce(document: unknown, by: string): Promise<AnnounceVerdict>;
  /** Takes what other replicas announced into memory. */
  follow(): Promise<void>;
};
