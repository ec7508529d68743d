import { switchPayouts } from "../../api/payout-decisions.ts";
import { useOperation } from "../../api/service.ts";
import { useSession } from "../../api/session.ts";
import { mayCall } from "../../model/may-call.ts";
import type { Network } from "../../model/epoch-clock.ts";
import { Facts, type Fact } from "../../parts/facts.tsx";
import { Identifier } from "../../parts/identifier.tsx";
import { Panel } from "../../parts/panel.tsx";
import { PayoutSchedule } from "../../parts/payout-schedule.tsx";
import { ReasonForm } from "../../parts/reason-form.tsx";

/** Whether the network pays, from where; and the switch, for those who may. */
export const SchedulePanel = () => (
  <Panel title="Paying" query={useOperation("getNetwork", {})}>
    {({ payouts }) => (
      <>
        <Facts facts={payingFacts(payouts)} />
        <Switch state={payouts.state} />
      </>
    )}
  </Panel>
);

const payingFacts = (payouts: Network["payouts"]): Fact[] => [
  { name: "State", value: <PayoutSchedule payouts={payouts} /> },
  ...(payouts.chain === null ? [] : [{ name: "Chain", value: `TRON ${payouts.chain}` }]),
  ...addressFact("Token", payouts.token),
  ...addressFact("Paying wallet", payouts.wallet),
];

const addressFact = (name: string, address: string | null): Fact[] =>
  address === null ? [] : [{ name, value: <Identifier id={address} what="address" /> }];

const Switch = ({ state }: Pick<Network["payouts"], "state">) => {
  const session = useSession();
  if (session === null || !mayCall(session.principal, "pausePayouts")) return null;
  if (state === "not_configured") return null;
  const acts =
    state === "paused"
      ? ([["running", "Resume payouts"]] as const)
      : ([["paused", "Pause all payouts"]] as const);
  return <ReasonForm acts={acts} onAct={(to, reason) => switchPayouts(session, to, reason)} />;
};
