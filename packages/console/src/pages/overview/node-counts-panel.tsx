import { Link } from "wouter";
import { useOperation } from "../../api/service.ts";
import { formatCount, plural } from "../../format/numbers.ts";
import type { Network } from "../../model/epoch-clock.ts";
import { Panel } from "../../parts/panel.tsx";
import { Status } from "../../parts/status.tsx";

export const NodeCountsPanel = () => (
  <Panel title="Nodes" className="tile" query={useOperation("getNetwork", {})}>
    {({ nodes }) => (
      <>
        <p className="figure" data-testid="online">
          {formatCount(nodes.online)}{" "}
          <span className="of">of {plural(nodes.total, "node")} online</span>
        </p>
        <Others nodes={nodes} />
      </>
    )}
  </Panel>
);

const Others = ({ nodes }: { nodes: Network["nodes"] }) => {
  const words = (["offline", "maintenance", "pending", "suspended", "retired"] as const).filter(
    (word) => nodes[word] > 0,
  );
  return (
    <ul className="others">
      {words.map((word) => (
        <li key={word}>
          <Link href={`/nodes?status=${word}`}>
            {formatCount(nodes[word])} <Status word={word} />
          </Link>
        </li>
      ))}
    </ul>
  );
};
