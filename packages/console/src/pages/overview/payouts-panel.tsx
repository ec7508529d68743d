import { useList } from "../../api/list.ts";
import { useOperation } from "../../api/service.ts";
import { formatAmount } from "../../format/money.ts";
import { Empty } from "../../parts/empty.tsx";
import { ListPanel } from "../../parts/list-panel.tsx";
import { PayoutsTable } from "../../parts/payouts-table.tsx";

export const PayoutsPanel = () => (
  <ListPanel
    title="Payouts"
    list={useList("listPayouts", {}, 6)}
    of="payouts"
    empty={<NoPayouts />}
  >
    {(payouts) => <PayoutsTable payouts={payouts} />}
  </ListPanel>
);

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
