import { useOperation } from "../../api/service.ts";
import { formatLength } from "../../format/time.ts";
import { calendarOf, type Network } from "../../model/epoch-clock.ts";
import { Facts, type Fact } from "../../parts/facts.tsx";
import { Identifier } from "../../parts/identifier.tsx";
import { Panel } from "../../parts/panel.tsx";
import { LogFact } from "./log-fact.tsx";
import { PayoutSchedule } from "./payout-schedule.tsx";

export const NetworkPanel = () => (
  <Panel title="Network" query={useOperation("getNetwork", {})}>
    {(network) => <Facts facts={[...networkFacts(network), ...payoutFacts(network)]} />}
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
    { name: "Version", value: network.version },
  ];
};

const payoutFacts = ({ payouts }: Network): Fact[] => [
  { name: "Payouts", value: <PayoutSchedule payouts={payouts} /> },
  ...(payouts.chain === null ? [] : [{ name: "Chain", value: `TRON ${payouts.chain}` }]),
  ...addressFact("Token", payouts.token),
  ...addressFact("Paying wallet", payouts.wallet),
];

const addressFact = (name: string, address: string | null): Fact[] =>
  address === null ? [] : [{ name, value: <Identifier id={address} what="address" /> }];
