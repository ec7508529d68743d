import { useOperation } from "../../api/service.ts";
import { Facts } from "../../parts/facts.tsx";
import { Money } from "../../parts/money.tsx";
import { Panel } from "../../parts/panel.tsx";

export const MoneyPanel = () => (
  <Panel title="USDT" className="tile" query={useOperation("getPayoutStatistics", {})}>
    {(totals) => (
      <Facts
        facts={[
          { name: "Paid", value: <Money usdt={totals.paid_usdt} /> },
          { name: "In flight", value: <Money usdt={totals.in_flight_usdt} /> },
          { name: "Owed to owners", value: <Money usdt={totals.owed_usdt} /> },
        ]}
      />
    )}
  </Panel>
);
