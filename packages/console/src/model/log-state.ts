import type { Network } from "./epoch-clock.ts";
import type { Tone } from "./tone.ts";
import { plural } from "../format/numbers.ts";

/** How the public log stands to what is sealed, in words with a tone. */
type LogState = { readonly words: string; readonly tone: Tone };

/** Up to so many slots behind is the log at work: a block is sent when its slot is sealed. */
const WORKING_SLOTS = 2;

export const readLogState = ({ state, lag_slots }: Network["log"]): LogState => {
  const behind = `${plural(lag_slots, "slot")} behind`;
  switch (state) {
    case "up_to_date":
    case "sending":
    case "holding":
      if (lag_slots === 0) return { words: "up to date", tone: "good" };
      return { words: behind, tone: lag_slots > WORKING_SLOTS ? "busy" : "good" };
    case "unreachable":
      return { words: `${behind}: block-manager does not answer`, tone: "bad" };
    default:
      return { words: `${behind}: ${state.replaceAll("_", " ")}`, tone: "bad" };
  }
};
