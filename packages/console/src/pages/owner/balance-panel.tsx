import type { ResponseOf, Routes } from "@lucid/api";
import type { UseQueryResult } from "@tanstack/react-query";
import type { Reading } from "../../api/reading.ts";
import { Facts } from "../../parts/facts.tsx";
import { Identifier } from "../../parts/identifier.tsx";
import { Money } from "../../parts/money.tsx";
import { Panel } from "../../parts/panel.tsx";
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
            { name: "Earned", value: <Money usdt={value.earned_usdt} /> },
            { name: "Paid", value: <Money usdt={value.paid_usdt} /> },
            { name: "In flight", value: <Money usdt={value.in_flight_usdt} /> },
            { name: "Fees", value: <Money usdt={value.fees_usdt} /> },
          ]}
        />
      </>
    )}
  </Panel>
);
