import { Page } from "../../page.tsx";
import { NodesPanel } from "../../parts/nodes-panel.tsx";

export const NodesPage = () => (
  <Page title="Nodes">
    <NodesPanel rows={25} />
  </Page>
);
