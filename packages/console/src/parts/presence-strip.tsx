import { useState, type PointerEvent } from "react";
import { formatClock } from "../format/time.ts";
import { slotStartMs, type Network } from "../model/epoch-clock.ts";
import { describePresence, slotStates, slotWords } from "../model/presence.ts";
import { PresenceMarks } from "./presence-marks.tsx";

type Props = {
  readonly slots: string;
  readonly fromSlot: number;
  /** Places in the strip, and how many of them stand empty before the first slot. */
  readonly width: number;
  readonly lead: number;
  readonly network: Network;
  readonly slotsPerEpoch: number;
};

/** One node's recent slots. The same in words for whoever does not see it, and slot by slot under the pointer. */
export const PresenceStrip = (props: Props) => {
  const { slots, fromSlot, width, lead, network, slotsPerEpoch } = props;
  const [pointed, setPointed] = useState<number | null>(null);
  const point = (event: PointerEvent<HTMLDivElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    const place = Math.floor(((event.clientX - box.left) / box.width) * width) - lead;
    setPointed(place >= 0 && place < slots.length ? place : null);
  };
  const state = pointed === null ? undefined : slotStates(slots)[pointed];
  return (
    <div className="strip" onPointerMove={point} onPointerLeave={() => setPointed(null)}>
      <PresenceMarks
        label={describePresence(slots, fromSlot)}
        slots={slots}
        fromSlot={fromSlot}
        lead={lead}
        width={width}
        slotsPerEpoch={slotsPerEpoch}
      />
      {pointed !== null && state !== undefined && (
        <span className="strip-tip" style={tipStyle((pointed + lead + 0.5) / width)}>
          slot {fromSlot + pointed} · {formatClock(slotStartMs(network, fromSlot + pointed))} UTC ·{" "}
          {slotWords[state]}
        </span>
      )}
    </div>
  );
};

/** Over its slot, but never beyond the ends of the strip. */
const tipStyle = (share: number) => ({
  left: `${100 * share}%`,
  transform: `translateX(${-100 * share}%)`,
});
