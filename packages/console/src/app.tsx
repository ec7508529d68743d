import { Route, Switch } from "wouter";
import { Frame } from "./frame.tsx";
import { AuditPage } from "./pages/audit/audit-page.tsx";
import { EpochPage } from "./pages/epochs/epoch-page.tsx";
import { EpochsPage } from "./pages/epochs/epochs-page.tsx";
import { ExplorerPage } from "./pages/explorer-page.tsx";
import { NodePage } from "./pages/node/node-page.tsx";
import { NodesPage } from "./pages/nodes/nodes-page.tsx";
import { NotFoundPage } from "./pages/not-found-page.tsx";
import { OverviewPage } from "./pages/overview/overview-page.tsx";
import { OwnerPage } from "./pages/owner/owner-page.tsx";
import { PayoutPage } from "./pages/payouts/payout-page.tsx";
import { PayoutsPage } from "./pages/payouts/payouts-page.tsx";
import { PoolPage } from "./pages/pools/pool-page.tsx";
import { PoolsPage } from "./pages/pools/pools-page.tsx";
import { StatementPage } from "./pages/statement/statement-page.tsx";
import { OwnersPage } from "./pages/owner/owners-page.tsx";
import { YouPage } from "./pages/session/you-page.tsx";

export const App = () => (
  <Frame>
    <Switch>
      <Route path="/" component={OverviewPage} />
      <Route path="/epochs" component={EpochsPage} />
      <Route path="/epochs/:epoch">{({ epoch }) => <EpochPage key={epoch} id={epoch} />}</Route>
      <Route path="/blocks/:id?">{({ id }) => <ExplorerPage id={id} />}</Route>
      <Route path="/nodes/:id">{({ id }) => <NodePage key={id} id={id} />}</Route>
      <Route path="/nodes" component={NodesPage} />
      <Route path="/payouts" component={PayoutsPage} />
      <Route path="/payouts/:id">{({ id }) => <PayoutPage key={id} id={id} />}</Route>
      <Route path="/pools" component={PoolsPage} />
      <Route path="/pools/:id">{({ id }) => <PoolPage key={id} id={id} />}</Route>
      <Route path="/owners" component={OwnersPage} />
      <Route path="/owners/:id/statement">{({ id }) => <StatementPage key={id} id={id} />}</Route>
      <Route path="/owners/:id">{({ id }) => <OwnerPage key={id} id={id} />}</Route>
      <Route path="/audit" component={AuditPage} />
      <Route path="/you" component={YouPage} />
      <Route component={NotFoundPage} />
    </Switch>
  </Frame>
);
