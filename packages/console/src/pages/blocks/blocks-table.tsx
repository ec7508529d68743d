import { toIso } from "@lucid/api";
import { Link } from "wouter";
import { formatCount } from "../../format/numbers.ts";
import type { Block } from "../../model/blocks.ts";
import { Moment } from "../../parts/age.tsx";
import { CopyButton } from "../../parts/identifier.tsx";
import { Table, type Column } from "../../parts/table.tsx";

const columns: readonly Column<Block>[] = [
  { label: "Block", cell: ({ height }) => <Link href={`/blocks/${height}`}>{height}</Link> },
  {
    label: "Hash",
    kind: "wide",
    cell: ({ headerHash }) => (
      <span className="hash">
        <code>{headerHash}</code>
        <CopyButton text={headerHash} what="header hash" />
      </span>
    ),
  },
  {
    label: "Sealed",
    cell: ({ header }) => <Moment at={toIso(header.sealed_at)} />,
  },
  { label: "Slot", kind: "number", cell: ({ header }) => header.slot },
  {
    label: "Epoch",
    kind: "number",
    cell: ({ epoch }) => <Link href={`/epochs/${epoch}`}>{epoch}</Link>,
  },
  {
    label: "Leaves",
    kind: "number",
    cell: ({ header }) => (
      <>
        {!header.observed && <span className="note">not heard </span>}
        {formatCount(header.body_count)}
      </>
    ),
  },
];

export const BlocksTable = ({ blocks }: { blocks: readonly Block[] }) => (
  <Table
    caption="Blocks, newest first"
    columns={columns}
    rows={blocks}
    rowKey={({ height }) => String(height)}
  />
);
