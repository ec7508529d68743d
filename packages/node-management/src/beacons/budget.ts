import type { Clock } from "@lucid/platform/clock";
import type { Connection } from "@lucid/platform/http";

export type BudgetOptions = {
  /** Failed checks after which a connection is closed. */
  readonly failuresPerConnection: number;
  /** Signature checks that may fail in a second over all connections that have proven nothing. */
  readonly failuresPerSecond: number;
};

/**
 * Keeps forged input from burning the core. It knows connections and nothing about nodes, so that nobody can use it
 * to shut a node out: what costs a few hashes is always checked, and only signature checks are rationed.
 */
export type Budget = {
  /** Whether a connection has used up its failures. */
  isSpent(connection: Connection): boolean;
  /** Whether a signature may be checked now. */
  mayCheckSignature(connection: Connection): boolean;
  /** A check failed that cost hashes. */
  failed(connection: Connection): void;
  /** A signature check failed. */
  signatureFailed(connection: Connection): void;
  /** A signature held: whoever is at the other end has a node's key. */
  proved(connection: Connection): void;
};

export const createBudget = (
  clock: Clock,
  { failuresPerConnection, failuresPerSecond }: BudgetOptions,
): Budget => {
  const proven = new WeakSet<Connection>();
  let left = failuresPerSecond;
  let filledAtMs = clock.monotonic();

  const refill = (): void => {
    const now = clock.monotonic();
    left = Math.min(failuresPerSecond, left + ((now - filledAtMs) * failuresPerSecond) / 1000);
    filledAtMs = now;
  };
  const failed = (connection: Connection): void => {
    connection.failures += 1;
  };

  return {
    isSpent: ({ failures }) => failures >= failuresPerConnection,
    mayCheckSignature: (connection) => {
      refill();
      return left >= 1 || proven.has(connection);
    },
    failed,
    signatureFailed: (connection) => {
      failed(connection);
      left -= 1;
    },
    proved: (connection) => void proven.add(connection),
  };
};
