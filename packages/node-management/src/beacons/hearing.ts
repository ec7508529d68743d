import type { Clock } from "@lucid/platform/clock";
import { type Collection, DocumentsError } from "@lucid/platform/documents";
import type { Log } from "@lucid/platform/log";
import { type Genesis, slotEnd, slotStart } from "@lucid/protocol";
import type { Hearing } from "./contract.ts";
import type { ListeningDocument } from "./documents.ts";
import { beatMs, type ClockReading, interruptionBetween } from "./heartbeat.ts";
import { isDeafFor } from "./rules.ts";
import { insertOrFind } from "../shared/written.ts";
import { type Span, uncoveredMs } from "./spans.ts";

export type HearingDeps = {
  readonly collection: Collection<ListeningDocument>;
  readonly genesis: Genesis;
  readonly clock: Clock;
  readonly log: Log;
};

export type HearingKeeper = Hearing & {
  /** Shows once that we hear; called at most `beatMs` apart while connections are accepted. */
  beat(): Promise<void>;
  /** Shows once more that we hear, if we do and it was not shown since this moment (Unix ms). */
  hearUntil(ms: number): Promise<void>;
  /** Spans, from the documents, that reach to a moment (Unix ms) or beyond it, in the order of their end. */
  spansFrom(ms: number): Promise<readonly ListeningDocument[]>;
  /** Makes this replica known to those that seal, before it may accept anything. Throws what the store throws. */
  announce(): Promise<void>;
  /** When this replica was last known to the store (Unix ms); null when it never made itself known. */
  knownAtMs(): number | null;
  /** Takes what other replicas heard since a moment into memory, for `isDeaf`. Tells all that were heard of. */
  follow(sinceMs: number): Promise<ReadonlySet<string>>;
  /** Ends the span: something that was heard could not be kept. */
  interrupt(reason: string): void;
};

type OpenSpan = { readonly id: string; readonly fromMs: number; untilMs: number };

/** Keeps the durable record of when this replica was able to hear, a document per uninterrupted span. */
export const createHearing = async (
  { collection, genesis, clock, log }: HearingDeps,
  { replica, rememberMs }: { readonly replica: string; readonly rememberMs: number },
): Promise<HearingKeeper> => {
  let past: Span[] = (await spansAfter(collection, clock.now() - rememberMs)).map(toSpan);
  let open: OpenSpan | null = null;
  let before: ClockReading | null = null;
  let reason = "not listening yet";
  let knownAtMs: number | null = null;
  /** Spans of other replicas, by id: they grow while those live. */
  let others = new Map<string, Span>();

  const end = (why: string): void => {
    if (open !== null) {
      past.push({ fromMs: open.fromMs, untilMs: open.untilMs });
      log.warn({ reason: why, from_ms: open.fromMs, until_ms: open.untilMs }, "stopped hearing");
    }
    open = null;
    reason = why;
  };
  const start = async (wallMs: number): Promise<void> => {
    const document = { id: `${replica}/${wallMs}`, replica, from_ms: wallMs, until_ms: wallMs };
    const { outcome } = await collection.insert(document);
    if (outcome === "done") {
      open = { id: document.id, fromMs: wallMs, untilMs: wallMs };
      knownAtMs = wallMs;
    } else reason = "a beat was not stored";
    past = past.filter(({ untilMs }) => untilMs > wallMs - rememberMs);
  };
  const extend = async (span: OpenSpan, wallMs: number): Promise<void> => {
    const { outcome } = await collection.update(
      span.id,
      { until_ms: wallMs },
      { expect: { until_ms: span.untilMs } },
    );
    if (outcome !== "done") return end("a beat was not stored");
    span.untilMs = wallMs;
    knownAtMs = wallMs;
  };

  let beating: Promise<void> = Promise.resolve();
  /** One at a time: each beat moves the end that the one before wrote. */
  const beat = (): Promise<void> => (beating = beating.then(beatOnce, beatOnce));
  const beatOnce = async (): Promise<void> => {
    const now = { wallMs: clock.now(), monotonicMs: clock.monotonic() };
    const interruption = before === null ? null : interruptionBetween(genesis, before, now);
    if (interruption !== null) end(explain(interruption));
    before = now;
    try {
      await (open === null ? start(now.wallMs) : extend(open, now.wallMs));
    } catch (error) {
      if (!(error instanceof DocumentsError)) throw error;
      end(`the store refused a beat: ${error.message}`);
    }
  };

  const inMemory = (): Span[] => [...past, ...others.values(), ...(open === null ? [] : [open])];
  const slotSpan = (slot: number): Span => ({
    fromMs: slotStart(genesis, slot),
    untilMs: slotEnd(genesis, slot),
  });

  return {
    beat,
    hearUntil: async (ms) => {
      if (open !== null && open.untilMs < ms) await beat();
    },
    spansFrom: (ms) =>
      collection.find({ where: { until_ms: { gte: ms } }, sort: [["until_ms", "asc"]] }),
    announce: async () => {
      const wallMs = clock.now();
      const id = `${replica}/${wallMs}/announced`;
      await insertOrFind(collection, { id, replica, from_ms: wallMs, until_ms: wallMs });
      knownAtMs = wallMs;
    },
    knownAtMs: () => knownAtMs,
    follow: async (sinceMs) => {
      const spans = await spansAfter(collection, sinceMs);
      const foreign = spans.filter((span) => span.replica !== replica);
      for (const span of foreign) others.set(span.id, toSpan(span));
      const oldestMs = clock.now() - rememberMs;
      others = new Map([...others].filter(([, { untilMs }]) => untilMs > oldestMs));
      return new Set(foreign.map((span) => span.replica));
    },
    interrupt: end,
    deafMs: async (slot) => {
      const span = slotSpan(slot);
      return uncoveredMs((await spansAfter(collection, span.fromMs)).map(toSpan), span);
    },
    isDeaf: (slot) => isDeafFor(genesis, uncoveredMs(inMemory(), slotSpan(slot))),
    state: () =>
      open === null
        ? { hearing: false, detail: `beacons may be lost: ${reason}` }
        : { hearing: true, detail: `beacons are heard; a beat every ${beatMs(genesis)} ms` },
  };
};

const explain = (interruption: "stalled" | "jumped"): string =>
  interruption === "jumped"
    ? "the clock jumped"
    : "the process stood still for longer than three beats";

const toSpan = ({ from_ms, until_ms }: ListeningDocument): Span => ({
  fromMs: from_ms,
  untilMs: until_ms,
});

/** Spans that reach beyond a moment, in the order of their end. */
const spansAfter = (
  collection: Collection<ListeningDocument>,
  ms: number,
): Promise<ListeningDocument[]> =>
  collection.find({ where: { until_ms: { gt: ms } }, sort: [["until_ms", "asc"]] });
