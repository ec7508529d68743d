import { Link } from "wouter";
import { useOperation } from "../../api/service.ts";
import { NoPayouts } from "../../parts/no-payouts.tsx";
import { Panel } from "../../parts/panel.tsx";
import { PayoutsTable } from "../../parts/payouts-table.tsx";

/** The latest payouts. */
export const PayoutsPanel = () => (
  <Panel
    title="Payouts"
    query={useOperation("listPayouts", { query: { page: 1, limit: 6 } })}
    actions={<Link href="/payouts">all</Link>}
  >
    {({ items }) =>
      items.length === 0 ? <NoPayouts /> : <PayoutsTable payouts={items} of="brief" />
    }
  </Panel>
);
