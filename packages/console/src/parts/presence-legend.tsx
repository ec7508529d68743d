import { slotWords, type SlotState } from "../model/presence.ts";
import { PresenceMarks } from "./presence-marks.tsx";

const samples: readonly (readonly [SlotState, string])[] = [
  ["heard", "1"],
  ["missed", "0"],
  ["excused", "x"],
  ["inactive", "-"],
  ["open", "."],
];

export const PresenceLegend = () => (
  <ul className="legend" aria-label="What the marks mean">
    {samples.map(([state, mark]) => (
      <li key={state}>
        <span aria-hidden="true">
          <PresenceMarks
            label=""
            slots={mark}
            fromSlot={1}
            lead={0}
            width={1}
            slotsPerEpoch={1e9}
          />
        </span>
        {slotWords[state]}
      </li>
    ))}
  </ul>
);
