import type { ResponseOf, Routes } from "@lucid/api";
import type { UseQueryResult } from "@tanstack/react-query";
import type { Reading } from "../../api/reading.ts";
import { useOperation } from "../../api/service.ts";
import { thresholdInForce } from "../../model/threshold.ts";
import { Facts } from "../../parts/facts.tsx";
import { Identifier } from "../../parts/identifier.tsx";
import { Money } from "../../parts/money.tsx";
import { Panel } from "../../parts/panel.tsx";
import { Unknown } from "../../parts/unknown.tsx";
import { Words } from "../../parts/words.tsx";

type Owner = ResponseOf<Routes["getOwner"]>;

export const BalancePanel = ({ owner }: { owner: UseQueryResult<Reading<Owner>> }) => (
  <Panel title="Balance" query={owner}>
    {(value) => (
      <>
        <p className="figure" data-testid="balance">
          <Money usdt={value.balance_usdt} unit />
        </p>
        <p className="lead">
          <Words text={value.waits} />
        </p>
        <Facts
          facts={[
            { name: "Pays to", value: <Identifier id={value.address} what="address" /> },
            { name: "Paid from", value: <PaidFrom owner={value} /> },
            { name: "Earned", value: <Money usdt={value.earned_usdt} unit /> },
            { name: "Paid", value: <Money usdt={value.paid_usdt} unit /> },
            { name: "In flight", value: <Money usdt={value.in_flight_usdt} unit /> },
            { name: "Fees", value: <Money usdt={value.fees_usdt} unit /> },
          ]}
        />
      </>
    )}
  </Panel>
);

/** From which balance on the owner is paid, as far as that could be read. */
const PaidFrom = ({ owner }: { owner: Owner }) => {
  const { data, error } = useOperation("getPayoutThreshold", {});
  if (data === undefined) return <Unknown why={error?.message ?? "reading…"} />;
  return <Money usdt={thresholdInForce(owner, data.value)} unit />;
};
