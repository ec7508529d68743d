import { useOperation } from "../../api/service.ts";
import { formatLength } from "../../format/time.ts";
import { calendarOf, type Network } from "../../model/epoch-clock.ts";
import { Facts, type Fact } from "../../parts/facts.tsx";
import { Identifier } from "../../parts/identifier.tsx";
import { Panel } from "../../parts/panel.tsx";
import { PayoutSchedule } from "../../parts/payout-schedule.tsx";
import { LogFact } from "./log-fact.tsx";

export const NetworkPanel = () => (
  <Panel title="Network" query={useOperation("getNetwork", {})}>
    {(network) => <Facts facts={networkFacts(network)} />}
  </Panel>
);

const networkFacts = (network: Network): Fact[] => {
  const { slotMs, slotsPerEpoch } = calendarOf(network);
  return [
    { name: "Network id", value: <Identifier id={network.network_id} what="network id" /> },
    {
      name: "Time",
      value: `slots of ${formatLength(slotMs)}, epochs of ${slotsPerEpoch} slots (${formatLength(slotMs * slotsPerEpoch)})`,
    },
    { name: "Log", value: <LogFact log={network.log} /> },
    { name: "Payouts", value: <PayoutSchedule payouts={network.payouts} /> },
    { name: "Version", value: network.version },
  ];
};
