import { plural } from "../format/numbers.ts";

/** What one character of a presence row says. */
export type SlotState = "heard" | "missed" | "excused" | "inactive" | "open";

const states: Record<string, SlotState> = {
  "1": "heard",
  "0": "missed",
  x: "excused",
  "-": "inactive",
  ".": "open",
};

export const slotWords: Record<SlotState, string> = {
  heard: "beacon",
  missed: "no beacon",
  excused: "excused",
  inactive: "not active",
  open: "still open",
};

export const slotStates = (slots: string): SlotState[] =>
  Array.from(slots, (mark) => states[mark] ?? "inactive");

/** Slots next to each other in one state; `to` is not included. */
type SlotRun = { readonly state: SlotState; readonly from: number; readonly to: number };

export const slotRuns = (slots: string, fromSlot: number): SlotRun[] => {
  const runs: SlotRun[] = [];
  slotStates(slots).forEach((state, place) => {
    const slot = fromSlot + place;
    const last = runs.at(-1);
    if (last?.state === state) runs[runs.length - 1] = { ...last, to: slot + 1 };
    else runs.push({ state, from: slot, to: slot + 1 });
  });
  return runs;
};

/** Slots that count so far: heard, and heard or missed. */
export const countPresence = (slots: string): { present: number; eligible: number } => {
  const all = slotStates(slots);
  const present = all.filter((state) => state === "heard").length;
  return { present, eligible: present + all.filter((state) => state === "missed").length };
};

/** A row in words, for whoever does not see it: `57 of 60 slots heard; missed 1201–1203`. */
export const describePresence = (slots: string, fromSlot: number): string => {
  const { present, eligible } = countPresence(slots);
  if (eligible === 0) return "no slot counts yet";
  const missed = slotRuns(slots, fromSlot).filter((run) => run.state === "missed");
  const heard = `${present} of ${plural(eligible, "slot")} heard`;
  if (missed.length === 0) return heard;
  const named = missed.slice(-5).map(runName).join(", ");
  return `${heard}; missed ${missed.length > 5 ? "lately " : ""}${named}`;
};

/** `1201` or `1201–1203`. */
export const runName = ({ from, to }: SlotRun): string =>
  to - from === 1 ? `${from}` : `${from}–${to - 1}`;
