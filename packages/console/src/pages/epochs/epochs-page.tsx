import { useList } from "../../api/list.ts";
import { Page } from "../../page.tsx";
import { Empty } from "../../parts/empty.tsx";
import { EpochsTable } from "../../parts/epochs-table.tsx";
import { ListPanel } from "../../parts/list-panel.tsx";

export const EpochsPage = () => (
  <Page title="Epochs">
    <ListPanel
      title="Open and settled"
      list={useList("listEpochs", {}, 25)}
      of="epochs"
      empty={<Empty title="The first epoch has not begun." />}
    >
      {(epochs) => <EpochsTable epochs={epochs} />}
    </ListPanel>
  </Page>
);
