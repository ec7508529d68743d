import type { ResponseOf, Routes } from "@lucid/api";
import { useOperation } from "../../api/service.ts";
import { plural } from "../../format/numbers.ts";
import { toneMarks } from "../../model/tone.ts";
import { Facts } from "../../parts/facts.tsx";
import { Money } from "../../parts/money.tsx";
import { Panel } from "../../parts/panel.tsx";
import { Unknown } from "../../parts/unknown.tsx";

type Solvency = ResponseOf<Routes["getSolvency"]>;

/** What the treasury holds against all that is owed, and for how long it lasts. */
export const TreasuryPanel = () => (
  <Panel title="Treasury" query={useOperation("getSolvency", {})}>
    {(found) => <SolvencyFacts solvency={found} />}
  </Panel>
);

const SolvencyFacts = ({
  solvency: { held, owed, covers, runway, unknown },
}: {
  solvency: Solvency;
}) => {
  const why = <Unknown why={unknown.join("; ")} />;
  return (
    <Facts
      facts={[
        { name: "Held", value: held.usdt === null ? why : <Money usdt={held.usdt} unit /> },
        { name: "Owed in all", value: <Money usdt={owed.total_usdt} unit /> },
        { name: "Balances of owners", value: <Money usdt={owed.balances_usdt} unit /> },
        { name: "Open epoch, at most", value: <Money usdt={owed.accrued_usdt} unit /> },
        { name: "Covers what is owed", value: covers === null ? why : <Covers covers={covers} /> },
        { name: "USDT lasts", value: runway.usdt_days === null ? why : lasts(runway.usdt_days) },
        { name: "TRX lasts", value: runway.trx_days === null ? why : lasts(runway.trx_days) },
      ]}
    />
  );
};

const Covers = ({ covers }: { covers: boolean }) => (
  <span className={`status ${covers ? "good" : "bad"}`}>
    <span aria-hidden="true">{toneMarks[covers ? "good" : "bad"]}</span> {covers ? "yes" : "no"}
  </span>
);

const TEN_YEARS = 3650;

/** At the pace of the last days, which says nothing about years. */
const lasts = (days: number): string =>
  days > TEN_YEARS ? "more than 10 years" : plural(Math.floor(days), "day");
