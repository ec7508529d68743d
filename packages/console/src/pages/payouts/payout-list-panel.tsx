import { PAYOUT_STATES } from "@lucid/api";
import { useList } from "../../api/list.ts";
import { useParameters } from "../../api/parameters.ts";
import { Choice } from "../../parts/choice.tsx";
import { Empty } from "../../parts/empty.tsx";
import { ListPanel } from "../../parts/list-panel.tsx";
import { NoPayouts } from "../../parts/no-payouts.tsx";
import { PayoutsTable } from "../../parts/payouts-table.tsx";

const ALL = "all";
type Shown = (typeof PAYOUT_STATES)[number] | typeof ALL;
const choices: readonly (readonly [Shown, string])[] = [
  [ALL, "all payouts"],
  ...PAYOUT_STATES.map((state) => [state, state] as const),
];

/** Every payout, or those of one state. */
export const PayoutListPanel = () => {
  const [parameters] = useParameters();
  const written = parameters.get("state");
  const state = choices.find(([choice]) => choice === written)?.[0] ?? ALL;
  const list = useList("listPayouts", { query: state === ALL ? {} : { state } }, 25);
  const choose = (next: Shown) => list.onFilter({ state: next === ALL ? null : next });
  return (
    <ListPanel
      title="Payouts"
      list={list}
      of="payouts"
      actions={
        <Choice label="Show payouts that are" choices={choices} value={state} onChange={choose} />
      }
      empty={state === ALL ? <NoPayouts /> : <Empty title={`No payout is ${state}.`} />}
    >
      {(payouts) => <PayoutsTable payouts={payouts} of="all" />}
    </ListPanel>
  );
};
