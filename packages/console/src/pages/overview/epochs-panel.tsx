import { Link } from "wouter";
import { useOperation } from "../../api/service.ts";
import { EpochsTable } from "../../parts/epochs-table.tsx";
import { Panel } from "../../parts/panel.tsx";

export const EpochsPanel = () => (
  <Panel
    title="Epochs"
    query={useOperation("listEpochs", { query: { page: 1, limit: 7 } })}
    actions={<Link href="/epochs">all</Link>}
  >
    {({ items }) => <EpochsTable epochs={items} brief />}
  </Panel>
);
