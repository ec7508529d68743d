import type { Lease } from "../leases/index.ts";

export type ChoreDefinition = {
  name: string;
  /** How long one run may take before its signal is aborted and the run counts as failed. */
  timeoutMs: number;
  /**
   * One run of the work, idempotent, stopping soon after `signal` is aborted.
   * `lease` is there exactly when the chore declares one.
   */
} & (
  | { periodMs: number; due?: never }
  /** The wall-clock ms of the first moment after `afterMs` at which the chore is due. */
  | { due: (afterMs: number) => number; periodMs?: never }
) &
  (
    | {
        lease?: false;
        /** Adds up to this much to every wait, so that replicas do not move in step. */
        jitterMs?: number;
        run: (signal: AbortSignal) => Promise<void>;
      }
    /** Runs in one replica of the network only, the one that holds the lease of the chore's name. */
    | {
        lease: true;
        /** One replica runs it, and the others look out for its lease without delay. */
        jitterMs?: never;
        run: (signal: AbortSignal, lease: Lease) => Promise<void>;
      }
  );

export type ChoreStatus = {
  name: string;
  /** `waiting`: another replica holds the lease. */
  state: "stopped" | "idle" | "running" | "waiting";
  runs: number;
  /** Failures since the last success. */
  failures: number;
  lastStartMs: number | null;
  lastSuccessMs: number | null;
  lastDurationMs: number | null;
  lastError: string | null;
  nextRunMs: number | null;
};

export type Chores = AsyncDisposable & {
  /** Adds a chore; throws when the name is taken. A chore never runs twice at the same time. */
  define(definition: ChoreDefinition): void;
  start(): void;
  status(): ChoreStatus[];
  /** Runs the chore as soon as it may; resolves after a run that began after this call, whatever it came to. */
  runNow(name: string): Promise<void>;
};
