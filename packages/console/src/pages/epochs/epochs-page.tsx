import { useState } from "react";
import { useOperation } from "../../api/service.ts";
import { Page } from "../../page.tsx";
import { EpochsTable } from "../../parts/epochs-table.tsx";
import { Pager } from "../../parts/pager.tsx";
import { Panel } from "../../parts/panel.tsx";

export const EpochsPage = () => {
  const [page, setPage] = useState(1);
  return (
    <Page title="Epochs">
      <Panel
        title="Open and settled"
        query={useOperation("listEpochs", { query: { page, limit: 25 } }, { paged: true })}
      >
        {({ items, pagination }) => (
          <>
            <EpochsTable epochs={items} />
            <Pager of="epochs" pagination={pagination} onPage={setPage} />
          </>
        )}
      </Panel>
    </Page>
  );
};
