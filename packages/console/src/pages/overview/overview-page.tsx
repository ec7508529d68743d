import { useOperation } from "../../api/service.ts";
import { Page } from "../../page.tsx";
import { HoldsPanel } from "../../parts/holds-panel.tsx";
import { ClockPanel } from "./clock-panel.tsx";
import { EpochsPanel } from "./epochs-panel.tsx";
import { LedgerPanel } from "./ledger-panel.tsx";
import { MoneyPanel } from "./money-panel.tsx";
import { NetworkPanel } from "./network-panel.tsx";
import { NodeCountsPanel } from "./node-counts-panel.tsx";
import { NodesPanel } from "./nodes-panel.tsx";
import { PayoutsPanel } from "./payouts-panel.tsx";
import { PlanPanel } from "./plan-panel.tsx";
import { TreasuryPanel } from "./treasury-panel.tsx";

export const OverviewPage = () => (
  <Page title="Overview" heading={<span className="hidden">Overview</span>}>
    <div className="tiles">
      <ClockPanel />
      <NodeCountsPanel />
      <MoneyPanel />
    </div>
    <NodesPanel />
    <div className="halves">
      <PayoutsPanel />
      <LedgerPanel />
    </div>
    <HoldsPanel />
    <PayingPanels />
    <div className="halves">
      <EpochsPanel />
      <NetworkPanel />
    </div>
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
