import type { NodeStatus } from "../../model/tone.ts";

type Choice = NodeStatus | "all";
const choices: readonly Choice[] = [
  "all",
  "online",
  "offline",
  "maintenance",
  "pending",
  "suspended",
  "retired",
];

export const StatusFilter = ({
  value,
  onChange,
}: {
  value: Choice;
  onChange: (value: Choice) => void;
}) => (
  <label className="filter">
    <span className="hidden">Show nodes that are</span>
    <select value={value} onChange={(event) => onChange(event.target.value as Choice)}>
      {choices.map((choice) => (
        <option key={choice} value={choice}>
          {choice === "all" ? "all nodes" : choice}
        </option>
      ))}
    </select>
  </label>
);
