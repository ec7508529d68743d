import type { ResponseOf, Routes } from "@lucid/api";
import { useOperation } from "../../api/service.ts";
import { nameOfClosing } from "../../format/leaf-links.ts";
import { Page } from "../../page.tsx";
import { Moment, Since } from "../../parts/age.tsx";
import { Facts, type Fact } from "../../parts/facts.tsx";
import { Identifier } from "../../parts/identifier.tsx";
import { Money } from "../../parts/money.tsx";
import { Panel } from "../../parts/panel.tsx";
import { SealedLink } from "../../parts/sealed-link.tsx";
import { Status } from "../../parts/status.tsx";
import { UnknownSubject } from "../unknown-subject.tsx";
import { ResultsPanel } from "./results-panel.tsx";

type Epoch = ResponseOf<Routes["getEpoch"]>;

export const EpochPage = ({ id }: { id: string }) => {
  const epoch = useOperation("getEpoch", { params: { epoch: Number(id) } });
  return (
    <Page title={`Epoch ${id}`}>
      <UnknownSubject error={epoch.error} what="epoch">
        <Panel title="Settlement" query={epoch}>
          {(value) => <Facts facts={[...timeFacts(value), ...settledFacts(value)]} />}
        </Panel>
        {epoch.data?.value.state === "closed" && <ResultsPanel epoch={Number(id)} />}
      </UnknownSubject>
    </Page>
  );
};

const timeFacts = (epoch: Epoch): Fact[] => [
  { name: "State", value: <Status word={epoch.state} /> },
  { name: "From", value: <Moment at={epoch.starts_at} /> },
  { name: "To", value: <Moment at={epoch.ends_at} /> },
  { name: "Settles", value: <Moment at={epoch.settles_at} /> },
  { name: "Policy", value: `version ${epoch.policy_version}` },
];

const settledFacts = (epoch: Epoch): Fact[] =>
  [
    epoch.closed_at !== null && { name: "Settled", value: <Since at={epoch.closed_at} /> },
    epoch.excused_slots !== null && { name: "Excused slots", value: epoch.excused_slots },
    epoch.budget_usdt !== null && {
      name: "Budget",
      value: <Money usdt={epoch.budget_usdt} unit />,
    },
    epoch.total_usdt !== null && { name: "Rewards", value: <Money usdt={epoch.total_usdt} unit /> },
    epoch.closed_at !== null && {
      name: "Proof",
      value: <SealedLink sealed={epoch.sealed} name={nameOfClosing(epoch.epoch)} />,
    },
    epoch.root !== null && {
      name: "Results root",
      value: <Identifier id={epoch.root} what="results root" />,
    },
  ].filter((fact) => fact !== false);
