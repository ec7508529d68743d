import type { ResponseOf, Routes } from "@lucid/api";
import { Link } from "wouter";
import { formatCount } from "../format/numbers.ts";
import { Moment, Since } from "./age.tsx";
import { Money } from "./money.tsx";
import { Status } from "./status.tsx";
import { Table, type Column } from "./table.tsx";
import { NotYet } from "./not-yet.tsx";

type Epoch = ResponseOf<Routes["getEpoch"]>;

const settled: readonly Column<Epoch>[] = [
  {
    label: "Results",
    kind: "number",
    cell: ({ count }) => (count === null ? <NotYet /> : formatCount(count)),
  },
  {
    label: "Rewards USDT",
    kind: "number",
    cell: ({ total_usdt }) => (total_usdt === null ? <NotYet /> : <Money usdt={total_usdt} />),
  },
];

const number: Column<Epoch> = {
  label: "Epoch",
  cell: ({ epoch }) => <Link href={`/epochs/${epoch}`}>{epoch}</Link>,
};

const state: Column<Epoch> = {
  label: "State",
  kind: "wide",
  cell: ({ state, closed_at }) => (
    <>
      <Status word={state} /> {closed_at !== null && <Since at={closed_at} />}
    </>
  ),
};

const details: readonly Column<Epoch>[] = [
  { label: "From", cell: ({ starts_at }) => <Moment at={starts_at} /> },
  {
    label: "Excused slots",
    kind: "number",
    cell: ({ excused_slots }) => (excused_slots === null ? <NotYet /> : formatCount(excused_slots)),
  },
  {
    label: "Budget USDT",
    kind: "number",
    cell: ({ budget_usdt }) => (budget_usdt === null ? <NotYet /> : <Money usdt={budget_usdt} />),
  },
];

/** Epochs, newest first. */
export const EpochsTable = ({
  epochs,
  brief = false,
}: {
  epochs: readonly Epoch[];
  brief?: boolean;
}) => (
  <Table
    caption="Epochs, newest first"
    columns={[number, state, ...(brief ? [] : details), ...settled]}
    rows={epochs}
    rowKey={({ epoch }) => String(epoch)}
  />
);
