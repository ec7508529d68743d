import { formatCount } from "../../format/numbers.ts";
import type { Statement } from "../../model/statement.ts";
import { Money } from "../../parts/money.tsx";
import { Table, type Column } from "../../parts/table.tsx";
import { NodeLink } from "../../parts/who.tsx";

type NodeEarnings = Statement["by_node"][number];

const columns: readonly Column<NodeEarnings>[] = [
  {
    label: "Node",
    kind: "wide",
    cell: ({ node_id }) => <NodeLink id={node_id} whole />,
  },
  { label: "Kind of work", cell: ({ proof }) => proof.replaceAll("_", " ") },
  { label: "Epochs", kind: "number", cell: ({ epochs }) => formatCount(epochs) },
  { label: "Millicredits", kind: "number", cell: ({ credits }) => formatCount(credits) },
  { label: "Earned USDT", kind: "number", cell: ({ earned_usdt }) => <Money usdt={earned_usdt} /> },
];

/** What each node earned, by the kind of work. */
export const NodesTable = ({ statement }: { statement: Statement }) => (
  <>
    <h3>Earned per node</h3>
    {statement.by_node.length === 0 ? (
      <p className="note">Nothing was earned in this time.</p>
    ) : (
      <Table
        caption="Earned per node and kind of work"
        columns={columns}
        rows={statement.by_node}
        rowKey={({ node_id, proof }) => `${node_id} ${proof}`}
      />
    )}
  </>
);
