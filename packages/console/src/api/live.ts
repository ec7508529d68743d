import type { NetworkEvent } from "@lucid/api";
import { affectedSubjects, eventTypes, type Subject } from "./affected.ts";
import { noteStream } from "./connection.ts";
import { drawBeacon } from "./draw-beacon.ts";
import { queryClient, readAgain } from "./service.ts";

const GATHER_MS = 700;
const RECONNECT_MS = 5000;

let followed: EventSource | null = null;

/** Follows the service's events from now on, as whoever is signed in now, and for as long as the page is open. */
export const followEvents = (): void => {
  followed?.close();
  const gather = createGatherer();
  const source = new EventSource("/api/v1/events");
  followed = source;
  source.addEventListener("open", () => {
    noteStream(true);
    void queryClient.invalidateQueries();
  });
  source.addEventListener("error", () => {
    if (noteStream(false)) void queryClient.invalidateQueries();
    // The browser reconnects by itself, except after an answer that is no event stream.
    if (source.readyState !== EventSource.CLOSED) return;
    setTimeout(() => followed === source && followEvents(), RECONNECT_MS);
  });
  source.addEventListener("resync", () => void queryClient.invalidateQueries());
  for (const type of eventTypes) {
    source.addEventListener(type, (message: MessageEvent<string>) => {
      if (type === "beacon") drawBeacon(queryClient, JSON.parse(message.data) as BeaconEvent);
      else gather(affectedSubjects(type));
    });
  }
};

type BeaconEvent = Extract<NetworkEvent, { type: "beacon" }>;

/** Reads again what many events touched, once. */
const createGatherer = () => {
  const waiting = new Set<Subject>();
  const flush = () => {
    void readAgain(waiting);
    waiting.clear();
  };
  return (subjects: readonly Subject[]) => {
    if (waiting.size === 0 && subjects.length > 0) setTimeout(flush, GATHER_MS);
    for (const subject of subjects) waiting.add(subject);
  };
};
