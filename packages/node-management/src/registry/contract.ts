import type { ErrorCode } from "@lucid/api";
import type { Bitmap, Enrolment, SealedStanding, Standing } from "@lucid/protocol";
import type { RecordSource } from "../shared/record-source.ts";
import type { ClaimAddress } from "./claims.ts";
import type { OwnerAddresses } from "./owner-addresses.ts";

export type { Standing } from "@lucid/protocol";

export type RegisteredNode = {
  readonly nodeId: string;
  /** hex, 32 bytes */
  readonly publicKey: string;
  readonly ownerId: string;
  readonly enrolledAtMs: number;
  /** Position in this process's memory, from 0 without gaps; not stable across starts. */
  readonly ordinal: number;
  /** Every decision about its standing, in the order of their seq. */
  readonly changes: readonly StandingChange[];
};

export type Owner = {
  readonly ownerId: string;
  /** The address in force, base58. */
  readonly address: string;
  readonly nodeIds: readonly string[];
};

/**
 * One decision about a node; it holds from the slot after `sealed_slot` on. Until it is sealed, the slot it was made in
 * is expected to be that of its block.
 */
export type StandingChange = Readonly<SealedStanding> & {
  readonly seq: number;
  readonly reason: string;
  readonly by: "admission" | "operator" | "owner" | "flag";
  readonly madeInSlot: number;
  readonly madeAtMs: number;
};

export type Refusal = {
  readonly outcome: "refused";
  readonly code: ErrorCode;
  readonly detail: string;
};

export type EnrolVerdict =
  | { readonly outcome: "enrolled" | "found"; readonly node: RegisteredNode }
  | Refusal;

export type StandingVerdict =
  | { readonly outcome: "changed" | "unchanged"; readonly node: RegisteredNode }
  | Refusal;

/** What an address is that no owner may be paid at; null for any other. */
export type RefusedAddress = (address: string) => Promise<string | null>;

/** What sealing needs of the registry besides what everybody may ask. */
export type RegistrySources = readonly [RecordSource<"enrolment">, RecordSource<"standing">];

/** Who takes part. An in-memory directory of documents that are the truth. */
export type Registry = {
  /** Enrols a node; the same enrolment again finds the first and completes whatever a crash left undone. */
  enrol(networkId: string, enrolment: Enrolment): Promise<EnrolVerdict>;
  node(nodeId: string): RegisteredNode | null;
  /** The same, looking in the store for one that another replica enrolled a moment ago. */
  find(nodeId: string): Promise<RegisteredNode | null>;
  /** In ascending node id. */
  nodes(): readonly RegisteredNode[];
  readonly size: number;
  standingAt(nodeId: string, slot: number): Standing;
  /** What `standingAt` says for every slot of an epoch: a bit is set where the node is active. */
  activeSlots(nodeId: string, epoch: number): Bitmap;
  /** The latest decision, which may not be in force before the next slot; null while none was made (pending). */
  latestChange(nodeId: string): StandingChange | null;
  changeStanding(
    nodeId: string,
    change: { standing: Exclude<Standing, "pending">; reason: string; by: StandingChange["by"] },
  ): Promise<StandingVerdict>;
  owner(ownerId: string): Owner | null;
  /** The owner that is paid at an address now. */
  ownerOfAddress(address: string): Owner | null;
  /** Every owner's addresses at every moment. */
  readonly addresses: OwnerAddresses;
  /** Before an address is named for the first time, on this replica or another. */
  readonly claimAddress: ClaimAddress;
  /** In ascending owner id. */
  owners(): readonly Owner[];
};
