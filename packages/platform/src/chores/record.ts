import type { Clock } from "../clock/index.ts";
import type { ChoreStatus } from "./port.ts";

export type Observer = {
  ran(name: string, outcome: string, durationMs: number): void;
  succeeded(name: string, atMs: number): void;
  failed(name: string, error: unknown, failures: number): void;
};

export type Moment = { nowMs: number; monotonicMs: number };

/** What is known of a chore's past; the schedule, the status and the metrics follow from it. */
export type ChoreRecord = {
  readonly status: Omit<ChoreStatus, "nextRunMs">;
  /** When the last attempt began; null before the first. */
  readonly began: Moment | null;
  become(state: ChoreStatus["state"]): void;
  begin(): void;
  end(): void;
  ran(outcome: string): void;
  fail(error: unknown): void;
};

export function createRecord(clock: Clock, observer: Observer, name: string): ChoreRecord {
  const status: Omit<ChoreStatus, "nextRunMs"> = {
    name,
    state: "stopped",
    runs: 0,
    failures: 0,
    lastStartMs: null,
    lastSuccessMs: null,
    lastDurationMs: null,
    lastError: null,
  };
  let began: Moment | null = null;

  return {
    status,
    get began() {
      return began;
    },
    become: (state) => {
      status.state = state;
      if (state !== "running") return;
      status.runs += 1;
      status.lastStartMs = clock.now();
    },
    begin: () => {
      began = { nowMs: clock.now(), monotonicMs: clock.monotonic() };
    },
    end: () => {
      if (status.state === "running") status.state = "idle";
    },
    ran: (outcome) => {
      const durationMs = clock.monotonic() - (began?.monotonicMs ?? 0);
      status.lastDurationMs = durationMs;
      observer.ran(name, outcome, durationMs);
      if (outcome !== "done") return;
      status.failures = 0;
      status.lastError = null;
      status.lastSuccessMs = clock.now();
      observer.succeeded(name, status.lastSuccessMs);
    },
    fail: (error) => {
      status.failures += 1;
      status.lastError = error instanceof Error ? error.message : String(error);
      observer.failed(name, error, status.failures);
    },
  };
}
