import type { BeaconVerdict } from "@lucid/protocol";
import type { Connection } from "@lucid/platform/http";

/** A beacon as it arrives; hex fields are checked for form by the route's schema. */
export type BeaconMessage = {
  readonly node_id: string;
  readonly slot: number;
  readonly reveal: string;
  readonly signature?: string;
  readonly boot_id?: string;
  readonly agent_version?: string;
};

export type BeaconAnswer = {
  readonly verdict: BeaconVerdict;
  /** Another program beacons with this node's key. */
  readonly otherBoot: boolean;
};

export type CommitmentMessage = {
  readonly network_id?: string;
  readonly node_id: string;
  readonly epoch: number;
  readonly anchor: string;
  readonly signature: string;
};

export type CommitVerdict =
  | { readonly outcome: "stored" | "found" }
  | {
      readonly outcome: "refused";
      readonly code:
        | "network.wrong"
        | "nodes.unknown"
        | "nodes.not_active"
        | "commitments.signature"
        | "commitments.window"
        | "commitments.equivocation"
        | "limits.exceeded";
      readonly detail: string;
    };

/** What is known about a node's latest beacon; `agentVersion` is unknown from a restart until the next beacon. */
export type Recent = {
  readonly lastSlot: number | null;
  readonly lastAtMs: number | null;
  readonly agentVersion: string | null;
  /** It committed for the epoch that is open. */
  readonly committed: boolean;
};

/** How the open epoch stands for a node, over the slots of it that are closed. */
export type Progress = {
  readonly epoch: number;
  /** Closed slots in which it was active, less those we were deaf in without its beacon. */
  readonly eligible: number;
  readonly present: number;
};

/** One character a slot: `1` beacon, `0` none, `x` excused, `-` not active, `.` still open. */
export type PresenceMark = "1" | "0" | "x" | "-" | ".";

/** What a slot came to whose grace is over; nothing can be added to it. */
export type ClosedSlot = {
  /** Whether any replica accepted beacons at any moment. */
  readonly isObserved: boolean;
  /** The accepted beacons as a body begins with them: framed leaves in the order of their keys, each once. */
  readonly beacons: Uint8Array;
  /** Keeps them in one document from now on; to be called when the slot is sealed. */
  pack(): Promise<void>;
};

/** When this service was able to hear. */
export type Hearing = {
  /** Milliseconds of a slot in which no replica accepted beacons, from the documents; 0..slot_ms. */
  deafMs(slot: number): Promise<number>;
  /** Whether a closed slot of the last two epochs counts as deaf (10·deafMs > slot_ms), from memory. */
  readonly isDeaf: (slot: number) => boolean;
  /** Whether beacons are heard right now, or why not. */
  readonly state: () => { readonly hearing: boolean; readonly detail: string };
};

export type Beacons = {
  /** Stores the first commitment of a node for an epoch. */
  commit(message: CommitmentMessage, connection: Connection): Promise<CommitVerdict>;
  /** Judges a beacon; `accepted` only after it is durable. Throws `store.refused` when the store did not take it. */
  accept(message: BeaconMessage, connection: Connection): Promise<BeaconAnswer>;
  /** Slots of [fromSlot, toSlot) with an excuse that stands in the block of `sealedUpTo` or an earlier one. */
  excused(fromSlot: number, toSlot: number, sealedUpTo: number): Promise<number[]>;
  recent(nodeId: string): Recent;
  /** Offline after 3 missed closed slots, online with the next beacon. */
  isOnline(nodeId: string, slot: number): boolean;
  progress(nodeId: string): Progress;
  marks(nodeId: string, fromSlot: number, toSlot: number): string;
  readonly hearing: Hearing;
};
