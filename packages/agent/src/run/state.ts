import type { Genesis } from "@lucid/protocol";

/** What an agent knows of its own beacons. It is lost with the process and found again from clock and key. */
export type AgentState = {
  /** Epochs whose commitment the service holds. */
  readonly committed: ReadonlySet<number>;
  /** Epochs in which another chain was committed with this key: nothing can be sent. */
  readonly blocked: ReadonlySet<number>;
  /** Every slot up to this one is decided: accepted, lost, or before the start. */
  readonly settledSlot: number;
  /** The last accepted slot since the start. */
  readonly acceptedSlot: number | null;
  /** The service asked for a signature. */
  readonly mustSign: boolean;
  /** Failed attempts since the last success. */
  readonly failures: number;
  /** Nothing is sent before this moment, Unix ms. */
  readonly retryAtMs: number;
  /** By command: no beacons, only the question once a slot whether that is over. */
  readonly isStopped: boolean;
};

export type Step =
  | { readonly kind: "wait"; readonly untilMs: number }
  | { readonly kind: "commit"; readonly epoch: number }
  | { readonly kind: "beacon"; readonly slot: number; readonly signed: boolean }
  | { readonly kind: "poll"; readonly slot: number };

/** What came of a step that sent something. */
export type Outcome =
  | { readonly kind: "done" }
  /** The service's final no. */
  | { readonly kind: "lost" }
  /** Another chain stands for this epoch. */
  | { readonly kind: "blocked" }
  /** The service has no commitment for the epoch after all. */
  | { readonly kind: "recommit" }
  | { readonly kind: "sign" }
  | { readonly kind: "retry"; readonly afterMs?: number };

/** The rules of one node's day: its network and its key. */
export type Timing = { readonly genesis: Genesis; readonly publicKey: string };

/** A start in this slot: it is the first one to send for. */
export const initialState = (currentSlot: number, isStopped = false): AgentState => ({
  committed: new Set(),
  blocked: new Set(),
  settledSlot: currentSlot - 1,
  acceptedSlot: null,
  mustSign: false,
  failures: 0,
  retryAtMs: 0,
  isStopped,
});
