import { Link } from "wouter";
import { Page } from "../../page.tsx";
import { NodesPanel } from "../../parts/nodes-panel.tsx";
import { AttentionPanel } from "./attention-panel.tsx";
import { ClockPanel } from "./clock-panel.tsx";
import { EpochsPanel } from "./epochs-panel.tsx";
import { LedgerPanel } from "./ledger-panel.tsx";
import { MoneyPanel } from "./money-panel.tsx";
import { NetworkPanel } from "./network-panel.tsx";
import { NodeCountsPanel } from "./node-counts-panel.tsx";
import { PayoutsPanel } from "./payouts-panel.tsx";

export const OverviewPage = () => (
  <Page title="Overview" heading={<span className="hidden">Overview</span>}>
    <div className="tiles">
      <ClockPanel />
      <NodeCountsPanel />
      <MoneyPanel />
    </div>
    <AttentionPanel />
    <NodesPanel rows={12} actions={<Link href="/nodes">all</Link>} />
    <div className="halves">
      <PayoutsPanel />
      <LedgerPanel />
    </div>
    <div className="halves">
      <EpochsPanel />
      <NetworkPanel />
    </div>
  </Page>
);
