import { memo } from "react";
import { slotStates, type SlotState } from "../model/presence.ts";

/** Each state has a shape of its own: [top, height] of 20. Colour only repeats it. */
const shapes: Record<SlotState, readonly (readonly [top: number, height: number])[]> = {
  heard: [[2, 16]],
  missed: [[14, 4]],
  excused: [
    [2, 4],
    [14, 4],
  ],
  inactive: [[17, 1]],
  open: [
    [2, 2],
    [16, 2],
  ],
};

const CELL = 10;
const GAP = 2;

type Props = {
  readonly label: string;
  readonly slots: string;
  readonly fromSlot: number;
  readonly lead: number;
  readonly width: number;
  readonly slotsPerEpoch: number;
};

/** The drawing: one path per state, however many slots there are. */
export const PresenceMarks = memo(
  ({ label, slots, fromSlot, lead, width, slotsPerEpoch }: Props) => {
    const marks = slotStates(slots);
    return (
      <svg
        role="img"
        aria-label={label}
        viewBox={`0 0 ${width * CELL} 20`}
        preserveAspectRatio="none"
      >
        {(Object.keys(shapes) as SlotState[]).map((state) => (
          <path key={state} className={state} d={pathOf(state, marks, lead)} />
        ))}
        <path className="epoch-edge" d={epochEdges(fromSlot, slots.length, lead, slotsPerEpoch)} />
      </svg>
    );
  },
);

const pathOf = (state: SlotState, marks: readonly SlotState[], lead: number): string =>
  marks.map((mark, place) => (mark === state ? cellPath(state, place + lead) : "")).join("");

const cellPath = (state: SlotState, place: number): string =>
  shapes[state]
    .map(
      ([top, height]) => `M${place * CELL + GAP / 2} ${top}h${CELL - GAP}v${height}h${GAP - CELL}z`,
    )
    .join("");

const epochEdges = (from: number, count: number, lead: number, slotsPerEpoch: number): string => {
  const first = Math.ceil(from / slotsPerEpoch) * slotsPerEpoch;
  let path = "";
  for (let slot = first; slot < from + count; slot += slotsPerEpoch) {
    path += `M${(slot - from + lead) * CELL - 0.5} 0h1v20h-1z`;
  }
  return path;
};
