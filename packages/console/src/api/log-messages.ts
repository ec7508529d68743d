import type { LogError, SourceError } from "@lucid/verify";
import type { Question } from "./log-questions.ts";

/** What was read, or where the log contradicts itself: a verdict, so that a lie takes the place of what was shown before. */
export type Checked<T> =
  | { readonly holds: true; readonly value: T }
  | ({ readonly holds: false } & Pick<LogError, "code" | "place" | "message">);

/** A question on its way to the thread that reads the log. */
export type Asked = {
  readonly id: number;
  readonly address: string;
  readonly networkId: string;
  /** What this browser remembers of the log, as it was stored. */
  readonly seen: string | null;
  readonly question: Question;
  readonly args: readonly unknown[];
};

/** Its answer; or why the log could not be read, which says nothing about it. */
export type Answered = { readonly id: number; readonly remember: string | null } & (
  | { readonly checked: Checked<unknown> }
  | { readonly fault: Pick<SourceError, "message"> & { readonly code: string } }
);
