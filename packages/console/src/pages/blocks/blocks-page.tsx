import { paginationOf } from "@lucid/api";
import { useState } from "react";
import { Link } from "wouter";
import { useLog } from "../../api/log.ts";
import { formatCount } from "../../format/numbers.ts";
import type { Block } from "../../model/blocks.ts";
import { Page } from "../../page.tsx";
import { Moment } from "../../parts/age.tsx";
import { Empty } from "../../parts/empty.tsx";
import { CopyButton } from "../../parts/identifier.tsx";
import { Pager } from "../../parts/pager.tsx";
import { Table, type Column } from "../../parts/table.tsx";
import { LogFactsPanel } from "./log-facts-panel.tsx";
import { LogPanel } from "./log-panel.tsx";

const LIMIT = 25;

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
    cell: ({ header }) => <Moment at={new Date(header.sealed_at).toISOString()} />,
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

/** The public log, read and checked by this browser. */
export const BlocksPage = () => {
  const [page, setPage] = useState(1);
  const blocks = useLog("blocks", page, LIMIT);
  return (
    <Page title="Blocks">
      {blocks.data?.value.holds === true && <LogFactsPanel />}
      <LogPanel title="Blocks" query={blocks}>
        {({ size, blocks: shown }) =>
          size === 0 ? (
            <Empty title="No block yet.">
              The first one is sealed when the first slot is over.
            </Empty>
          ) : (
            <>
              <Table
                caption="Blocks, newest first"
                columns={columns}
                rows={shown}
                rowKey={({ height }) => String(height)}
              />
              <Pager of="blocks" pagination={paginationOf(page, LIMIT, size)} onPage={setPage} />
            </>
          )
        }
      </LogPanel>
    </Page>
  );
};
