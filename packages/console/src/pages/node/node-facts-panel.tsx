import type { ResponseOf, Routes } from "@lucid/api";
import type { UseQueryResult } from "@tanstack/react-query";
import type { Reading } from "../../api/reading.ts";
import { Since } from "../../parts/age.tsx";
import { Facts } from "../../parts/facts.tsx";
import { Identifier } from "../../parts/identifier.tsx";
import { Panel } from "../../parts/panel.tsx";
import { Unknown } from "../../parts/unknown.tsx";

type Node = ResponseOf<Routes["getNode"]>;

export const NodeFactsPanel = ({ node }: { node: UseQueryResult<Reading<Node>> }) => (
  <Panel title="Identity" query={node}>
    {(value) => <Facts facts={nodeFacts(value)} />}
  </Panel>
);

const nodeFacts = (node: Node) => [
  {
    name: "Owner",
    value: <Identifier id={node.owner_id} what="owner id" href={`/owners/${node.owner_id}`} />,
  },
  { name: "Pays to", value: <Identifier id={node.address} what="address" /> },
  { name: "Key", value: <Identifier id={node.public_key} what="public key" /> },
  {
    name: "Standing",
    value: `${node.standing} (${node.standing_reason.replaceAll("_", " ")}, from slot ${node.standing_from_slot})`,
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
