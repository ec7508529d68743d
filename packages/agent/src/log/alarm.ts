import type { SignedCheckpoint } from "@lucid/protocol";

/** What is wrong with a checkpoint that the service showed, seen from what this node was shown before. */
export type AlarmKind = "split_view" | "went_back" | "wrong_signature";

/** Evidence as it is kept: whoever holds it can check both signatures with the log's key. */
export type LogAlarm = {
  readonly kind: AlarmKind;
  /** ISO-8601, UTC; by this machine's clock. */
  readonly found_at: string;
  readonly network_id: string;
  readonly log_origin: string;
  readonly log_key: string;
  readonly service: string;
  readonly remembered: SignedCheckpoint | null;
  readonly shown: SignedCheckpoint;
};

/** What a checkpoint means beside the largest one remembered. `holds` tells whether the log signed it. */
export const compareCheckpoints = (
  remembered: SignedCheckpoint | null,
  shown: SignedCheckpoint,
  holds: (head: SignedCheckpoint) => boolean,
): "same" | "newer" | AlarmKind => {
  const isSame = remembered?.size === shown.size && remembered.root === shown.root;
  if (isSame) return "same";
  if (!holds(shown)) return "wrong_signature";
  if (remembered === null || shown.size > remembered.size) return "newer";
  return shown.size === remembered.size ? "split_view" : "went_back";
};

/** An alarm as a sentence for the owner. */
export const describeAlarm = ({ kind, remembered, shown }: LogAlarm): string => {
  if (kind === "split_view")
    return `the log shows two different histories of ${shown.size} blocks, both signed with its key: somebody is being lied to`;
  if (kind === "went_back")
    return `the log went back: the service shows ${shown.size} blocks, but it showed ${remembered?.size ?? 0} before`;
  return `the service shows a checkpoint of ${shown.size} blocks that the log's key has not signed`;
};
