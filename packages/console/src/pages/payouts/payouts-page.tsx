import { useOperation } from "../../api/service.ts";
import { Page } from "../../page.tsx";
import { HoldsPanel } from "../../parts/holds-panel.tsx";
import { PayoutListPanel } from "./payout-list-panel.tsx";
import { PlanPanel } from "./plan-panel.tsx";
import { SchedulePanel } from "./schedule-panel.tsx";
import { TreasuryPanel } from "./treasury-panel.tsx";

export const PayoutsPage = () => (
  <Page title="Payouts">
    <SchedulePanel />
    <HoldsPanel />
    <PayingPanels />
    <PayoutListPanel />
  </Page>
);

/** Only where somebody is paid. */
const PayingPanels = () => {
  const state = useOperation("getNetwork", {}).data?.value.payouts.state;
  if (state === undefined || state === "not_configured") return null;
  return (
    <div className="halves">
      <PlanPanel />
      <TreasuryPanel />
    </div>
  );
};
