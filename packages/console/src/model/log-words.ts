import type { LogErrorCode } from "@lucid/verify";

/** What a contradiction means, in a sentence; the log's own message says more. */
const meanings: Partial<Record<LogErrorCode, string>> = {
  network: "The genesis document cannot be read.",
  network_id: "This is the log of another network.",
  network_missing: "There is no log at this address.",
  checkpoint: "The checkpoint is not one that the log key of this network signed.",
  checkpoint_missing: "The log shows no checkpoint: it has not begun, or it is lost.",
  tree: "The blocks lead to another root than the one that the log key signed.",
  tile: "The hashes that are served do not lead to the root that the log key signed.",
  tile_missing: "Hashes that lead to the root are not served.",
  bundle: "A header that is served is not the one in the log.",
  bundle_missing: "Headers of the log are not served.",
  entry: "The log holds something here that is no block.",
  body: "What is served as the leaves of this block is none.",
  body_count: "The leaves that are served are not those that the header names.",
  body_root: "The leaves that are served are not those that the header names.",
  body_missing: "The leaves of this block are not served.",
  compact: "The leaves of this block cannot be rebuilt from its compacted epoch.",
};

/** Whether it contradicts itself, or something is not there. */
export const verdictOn = (code: LogErrorCode): string =>
  code.endsWith("_missing")
    ? "A file that must be there is missing."
    : "This does not hold. Do not believe it.";

/** The sentence to read, and the detail when there is more to say. */
export const explain = (
  code: LogErrorCode,
  message: string,
): { meaning: string; detail: string } => {
  const meaning = meanings[code];
  return meaning === undefined ? { meaning: message, detail: "" } : { meaning, detail: message };
};
