import { useList } from "../../api/list.ts";
import { Empty } from "../../parts/empty.tsx";
import { ListPanel } from "../../parts/list-panel.tsx";
import { PayoutsTable } from "../../parts/payouts-table.tsx";

export const OwnerPayoutsPanel = ({ ownerId }: { ownerId: string }) => (
  <ListPanel
    title="Payouts"
    list={useList("listOwnerPayouts", { params: { owner_id: ownerId } }, 10)}
    of="payouts"
    empty={
      <Empty title="No payouts yet.">The balance above says what the next one waits for.</Empty>
    }
  >
    {(payouts) => <PayoutsTable payouts={payouts} of="owner" />}
  </ListPanel>
);
