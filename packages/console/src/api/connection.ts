import { ApiError } from "@lucid/api/client";
import { createStore } from "./store.ts";

/**
 * `live`: events arrive. `polling`: the service answers, but its events do not arrive.
 * `lost`: it does not answer since a monotonic moment.
 */
type Connection =
  | { readonly state: "connecting" }
  | { readonly state: "live" }
  | { readonly state: "polling" }
  | { readonly state: "lost"; readonly since: number };

const LIVE_POLL_MS = 30_000;
const FALLBACK_POLL_MS = 5000;

export const connection = createStore<Connection>({ state: "connecting" });
let streaming = false;

/** The event stream opened or closed; says whether that is news. */
export const noteStream = (open: boolean): boolean => {
  const isNews = streaming !== open;
  streaming = open;
  if (open) connection.set({ state: "live" });
  else if (connection.get().state === "live") connection.set({ state: "polling" });
  return isNews;
};

export const noteSuccess = (): void => {
  const state = streaming ? "live" : "polling";
  if (connection.get().state !== state) connection.set({ state });
};

/** A failed call: no answer means that the connection is lost, any answer means that it is not. */
export const noteFailure = (error: unknown): void => {
  const unanswered = error instanceof ApiError && error.status === null;
  if (!unanswered) return noteSuccess();
  if (connection.get().state !== "lost") {
    connection.set({ state: "lost", since: performance.now() });
  }
};

/** How often to ask on top of events. */
export const pollPeriodMs = (): number =>
  connection.get().state === "live" ? LIVE_POLL_MS : FALLBACK_POLL_MS;
