import { plural } from "../../format/numbers.ts";
import { formatClock } from "../../format/time.ts";
import { slotStartMs, type Network } from "../../model/epoch-clock.ts";
import { runName, slotRuns, slotWords } from "../../model/presence.ts";

const SHOWN = 20;

type Props = { readonly slots: string; readonly fromSlot: number; readonly network: Network };

/** The gaps in words, newest first. */
export const MissedSlots = ({ slots, fromSlot, network }: Props) => {
  const gaps = slotRuns(slots, fromSlot)
    .filter(({ state }) => state === "missed" || state === "excused")
    .toReversed();
  if (gaps.length === 0) return null;
  return (
    <details className="gaps">
      <summary>{plural(gaps.length, "gap")} in words</summary>
      <ul>
        {gaps.slice(0, SHOWN).map((gap) => (
          <li key={gap.from}>
            {formatClock(slotStartMs(network, gap.from))}–
            {formatClock(slotStartMs(network, gap.to))} UTC ·{" "}
            {gap.to - gap.from === 1 ? "slot" : "slots"} {runName(gap)} · {slotWords[gap.state]}
          </li>
        ))}
      </ul>
      {gaps.length > SHOWN && <p className="note">and {gaps.length - SHOWN} older ones</p>}
    </details>
  );
};
