import type { Log } from "@lucid/verify";

/** What is known of a source since it was asked last. */
export type SourceState =
  | "unknown"
  /** it has what we have */
  | "current"
  /** it has less than we have, and nothing else */
  | "behind"
  /** it could not be read */
  | "unreachable"
  /** it served what does not verify */
  | "refused"
  /** the log key signed two histories */
  | "forked";

export type SourceStatus = {
  /** the address */
  readonly source: string;
  readonly state: SourceState;
  /** blocks under its checkpoint when it was last read */
  readonly size: number | null;
  /** a stable word when something is wrong */
  readonly code: string | null;
  readonly detail: string;
  /** path of the reason in the log's directory, where evidence is kept */
  readonly evidence: string | null;
  /** when it last was in order (ms) */
  readonly goodAtMs: number | null;
};

export type MirrorEvent =
  | { type: "fetched"; source: string; from: number; to: number; durationMs: number }
  /** a source's state became another one */
  | { type: "changed"; before: SourceState; status: SourceStatus };

/** What a source was found to be: a log that holds together with ours, or why not. */
export type Finding =
  | { state: "current" | "behind"; log: Log }
  /** it extends ours */
  | { state: "ahead"; log: Log }
  | { state: "unreachable" | "refused" | "forked"; size: number | null; problem: Problem };

export type Problem = { code: string; detail: string; evidence: string | null };
