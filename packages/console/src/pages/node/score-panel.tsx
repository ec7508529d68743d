import type { ResponseOf, Routes } from "@lucid/api";
import { Link } from "wouter";
import { useOperation } from "../../api/service.ts";
import { formatBasisPoints, formatCount } from "../../format/numbers.ts";
import { Empty } from "../../parts/empty.tsx";
import { Money } from "../../parts/money.tsx";
import { Panel } from "../../parts/panel.tsx";
import type { Result } from "../../model/score.ts";
import { ScoreTable } from "./score-table.tsx";

export const ScorePanel = ({ nodeId }: { nodeId: string }) => (
  <Panel title="Score" query={useOperation("getPoot", { params: { node_id: nodeId } })}>
    {({ latest, provisional }) => (
      <>
        {latest === null ? (
          <Empty title="No epoch of this node is settled yet.">
            The score appears when the first one is.
          </Empty>
        ) : (
          <Latest result={latest} />
        )}
        {provisional !== null && <SoFar provisional={provisional} />}
      </>
    )}
  </Panel>
);

const Latest = ({ result }: { result: Result }) => (
  <>
    <p className="lead">
      <span className="figure">{formatBasisPoints(result.score)}</span> in{" "}
      <Link href={`/epochs/${result.epoch}`}>epoch {result.epoch}</Link>
      {result.valid ? ", earned " : ", not valid, earned "}
      <Money usdt={result.reward_usdt} unit />
    </p>
    <ScoreTable result={result} />
    <h3>Why</h3>
    <ul className="why-list">
      {result.why.map((sentence) => (
        <li key={sentence}>{sentence}</li>
      ))}
    </ul>
  </>
);

type Provisional = NonNullable<ResponseOf<Routes["getPoot"]>["provisional"]>;

const SoFar = ({
  provisional: { epoch, present, eligible, time, credits },
}: {
  provisional: Provisional;
}) => (
  <p className="note">
    Open epoch {epoch}: {present} of {eligible} slots heard
    {time !== null && ` (time ${formatBasisPoints(time)})`}, {formatCount(credits)} millicredits so
    far.
  </p>
);
