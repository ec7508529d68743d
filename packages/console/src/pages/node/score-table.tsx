import { formatBasisPoints } from "../../format/numbers.ts";
import { recomputeScore, scoreParts, type Result, type ScorePart } from "../../model/score.ts";
import { Meter } from "../../parts/meter.tsx";
import { Table, type Column } from "../../parts/table.tsx";

const columns: readonly Column<ScorePart>[] = [
  {
    label: "Component",
    kind: "wide",
    cell: ({ name, meaning }) => (
      <>
        {name} <span className="why">{meaning}</span>
      </>
    ),
  },
  {
    label: "Value",
    kind: "number",
    cell: ({ value }) => (
      <span className="metered">
        {formatBasisPoints(value)}
        <Meter share={value / 10_000} />
      </span>
    ),
  },
  { label: "Weight", kind: "number", cell: ({ weight }) => `${formatBasisPoints(weight)} %` },
  { label: "Adds", kind: "number", cell: ({ adds }) => formatBasisPoints(adds) },
];

/** A score by its components, recomputed here. */
export const ScoreTable = ({ result }: { result: Result }) => {
  const recomputed = recomputeScore(result);
  return (
    <>
      <Table
        caption={`Components of the score in epoch ${result.epoch}`}
        columns={columns}
        rows={scoreParts(result)}
        rowKey={({ name }) => name}
      />
      <p className="note">
        {recomputed === result.score
          ? `Weighted sum, floored: ${formatBasisPoints(recomputed)}, recomputed in this browser.`
          : `These components give ${formatBasisPoints(recomputed)}, the service says ${formatBasisPoints(result.score)}.`}
      </p>
    </>
  );
};
