import { formatClock } from "../../format/time.ts";
import { slotStartMs, type Network } from "../../model/epoch-clock.ts";
import { PresenceStrip } from "../../parts/presence-strip.tsx";

type Props = {
  readonly slots: string;
  readonly fromSlot: number;
  readonly perRow: number;
  readonly network: Network;
  readonly slotsPerEpoch: number;
};

/** Slots in rows that each start at a time; rows begin on multiples of their length, so they do not creep. */
export const PresenceDay = ({ slots, fromSlot, perRow, network, slotsPerEpoch }: Props) => (
  <ol className="presence-day">
    {rowsOf(slots, fromSlot, perRow).map((row) => (
      <li key={row.start}>
        <span className="row-time">{formatClock(slotStartMs(network, row.start))} UTC</span>
        <PresenceStrip
          slots={row.slots}
          fromSlot={row.start}
          width={perRow}
          lead={row.start % perRow}
          network={network}
          slotsPerEpoch={slotsPerEpoch}
        />
      </li>
    ))}
  </ol>
);

const rowsOf = (slots: string, fromSlot: number, perRow: number) => {
  const rows = [];
  let start = fromSlot;
  while (start < fromSlot + slots.length) {
    const end = (Math.floor(start / perRow) + 1) * perRow;
    rows.push({ start, slots: slots.slice(start - fromSlot, end - fromSlot) });
    start = end;
  }
  return rows;
};
