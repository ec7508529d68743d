import { paginationOf } from "@lucid/api";
import type { Body, Leaf } from "@lucid/protocol";
import { useMemo, useState } from "react";
import { Link } from "wouter";
import { aboutLeaf, countKinds, kindWords, leafKind } from "../../model/leaves.ts";
import { Pager } from "../../parts/pager.tsx";
import { Table, type Column } from "../../parts/table.tsx";
import { KindFilter } from "./kind-filter.tsx";
import { LeafAbout, LeafAmount } from "./leaf-about.tsx";

const LIMIT = 50;

type Row = { readonly index: number; readonly leaf: Leaf };
type Props = { readonly height: number; readonly body: Body; readonly chosen: number | null };

/** The leaves of a block in body order, a page at a time; each leads to its proof. */
export const Leaves = ({ height, body, chosen }: Props) => {
  const [kind, setKind] = useState<string | null>(null);
  const [page, setPage] = useState(1);
  const kinds = useMemo(() => countKinds(body), [body]);
  const rows = useMemo(() => rowsOf(body, kind), [body, kind]);
  const choose = (next: string | null) => {
    setKind(next);
    setPage(1);
  };
  return (
    <>
      {kinds.length > 1 && (
        <KindFilter kinds={kinds} total={body.length} kind={kind} onKind={choose} />
      )}
      <Table
        caption={`Leaves of block ${height}`}
        columns={columnsOf(height, chosen)}
        rows={rows.slice((page - 1) * LIMIT, page * LIMIT)}
        rowKey={({ index }) => String(index)}
      />
      <Pager of="leaves" pagination={paginationOf(page, LIMIT, rows.length)} onPage={setPage} />
    </>
  );
};

const rowsOf = (body: Body, kind: string | null): Row[] =>
  body
    .map(({ leaf }, index) => ({ leaf, index }))
    .filter(({ leaf }) => kind === null || leafKind(leaf) === kind);

const columnsOf = (height: number, chosen: number | null): readonly Column<Row>[] => [
  {
    label: "Leaf",
    cell: ({ index, leaf }) => (
      <>
        <Link
          href={`/blocks/${height}?leaf=${index}`}
          className="index"
          aria-label={`Leaf ${index} and its proof`}
          aria-current={index === chosen ? "true" : undefined}
        >
          {index}
        </Link>{" "}
        {kindWords(leafKind(leaf))}
      </>
    ),
  },
  { label: "About", kind: "wide", cell: ({ leaf }) => <LeafAbout about={aboutLeaf(leaf)} /> },
  { label: "USDT", kind: "number", cell: ({ leaf }) => <LeafAmount about={aboutLeaf(leaf)} /> },
];
