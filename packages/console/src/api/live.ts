import type { NetworkEvent } from "@lucid/api";
import type { QueryClient } from "@tanstack/react-query";
import { affectedSubjects, eventTypes, type Subject } from "./affected.ts";
import { noteStream } from "./connection.ts";
import { drawBeacon } from "./draw-beacon.ts";

const GATHER_MS = 700;
const RECONNECT_MS = 5000;

let followed: EventSource | null = null;

/** Follows the service's events from now on, as whoever is signed in now, and for as long as the page is open. */
export const followEvents = (queries: QueryClient): void => {
  followed?.close();
  const gather = createGatherer(queries);
  const source = new EventSource("/api/v1/events");
  followed = source;
  source.addEventListener("open", () => {
    noteStream(true);
    void queries.invalidateQueries();
  });
  source.addEventListener("error", () => {
    if (noteStream(false)) void queries.invalidateQueries();
    // The browser reconnects by itself, except after an answer that is no event stream.
    if (source.readyState !== EventSource.CLOSED) return;
    setTimeout(() => followed === source && followEvents(queries), RECONNECT_MS);
  });
  source.addEventListener("resync", () => void queries.invalidateQueries());
  for (const type of eventTypes) {
    source.addEventListener(type, (message: MessageEvent<string>) => {
      if (type === "beacon") drawBeacon(queries, JSON.parse(message.data) as BeaconEvent);
      else gather(affectedSubjects(type));
    });
  }
};

type BeaconEvent = Extract<NetworkEvent, { type: "beacon" }>;

/** Reads again what many events touched, once. */
const createGatherer = (queries: QueryClient) => {
  const waiting = new Set<Subject>();
  const flush = () => {
    const subjects = new Set<unknown>(waiting);
    waiting.clear();
    void queries.invalidateQueries({ predicate: (query) => subjects.has(query.queryKey[0]) });
  };
  return (subjects: readonly Subject[]) => {
    if (waiting.size === 0 && subjects.length > 0) setTimeout(flush, GATHER_MS);
    for (const subject of subjects) waiting.add(subject);
  };
};
