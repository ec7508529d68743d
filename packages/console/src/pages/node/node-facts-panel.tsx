import type { UseQueryResult } from "@tanstack/react-query";
import { Link } from "wouter";
import type { Reading } from "../../api/reading.ts";
import { useOperation } from "../../api/service.ts";
import { standingInWords, type Node } from "../../model/node.ts";
import { Since } from "../../parts/age.tsx";
import { Facts } from "../../parts/facts.tsx";
import { Identifier } from "../../parts/identifier.tsx";
import { Panel } from "../../parts/panel.tsx";
import { Unknown } from "../../parts/unknown.tsx";
import { OwnerLink } from "../../parts/who.tsx";

export const NodeFactsPanel = ({ node }: { node: UseQueryResult<Reading<Node>> }) => (
  <Panel title="Identity" query={node}>
    {(value) => (
      <Facts
        facts={[...nodeFacts(value), { name: "Pool", value: <NodePool nodeId={value.node_id} /> }]}
      />
    )}
  </Panel>
);

/** The pool that a node sits in, as far as it could be read. */
const NodePool = ({ nodeId }: { nodeId: string }) => {
  const { data, error } = useOperation("listPools", { query: { node_id: nodeId } });
  if (data === undefined) return <Unknown why={error?.message ?? "reading…"} />;
  const [pool] = data.value.items;
  return pool === undefined ? "none" : <Link href={`/pools/${pool.pool_id}`}>{pool.name}</Link>;
};

const nodeFacts = (node: Node) => [
  {
    name: "Owner",
    value: <OwnerLink id={node.owner_id} />,
  },
  { name: "Pays to", value: <Identifier id={node.address} what="address" /> },
  { name: "Key", value: <Identifier id={node.public_key} what="public key" /> },
  {
    name: "Standing",
    value: standingInWords(node),
  },
  {
    name: "Enrolled",
    value: <Since at={node.enrolled_at} />,
  },
  {
    name: "Agent",
    value: node.agent_version ?? <Unknown why="its beacons have not told a version" />,
  },
];
