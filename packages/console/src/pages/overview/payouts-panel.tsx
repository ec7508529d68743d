import { useState } from "react";
import { useOperation } from "../../api/service.ts";
import { formatAmount } from "../../format/money.ts";
import { Empty } from "../../parts/empty.tsx";
import { Pager } from "../../parts/pager.tsx";
import { Panel } from "../../parts/panel.tsx";
import { PayoutsTable } from "../../parts/payouts-table.tsx";

export const PayoutsPanel = () => {
  const [page, setPage] = useState(1);
  const payouts = useOperation("listPayouts", { query: { page, limit: 6 } }, { paged: true });
  return (
    <Panel title="Payouts" query={payouts}>
      {({ items, pagination }) =>
        items.length === 0 ? (
          <NoPayouts />
        ) : (
          <>
            <PayoutsTable payouts={items} />
            <Pager of="payouts" pagination={pagination} onPage={setPage} />
          </>
        )
      }
    </Panel>
  );
};

const NoPayouts = () => {
  const rules = useOperation("getPayoutThreshold", {}).data?.value;
  const state = useOperation("getNetwork", {}).data?.value.payouts;
  return (
    <Empty title="No payouts yet.">
      {state?.state === "not_configured"
        ? `Payouts are not set up: ${state.reason ?? "no reason given"}.`
        : rules !== undefined &&
          `An owner is paid when its balance reaches ${formatAmount(rules.threshold_usdt)} USDT.`}
    </Empty>
  );
};
