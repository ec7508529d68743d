import { nameOfEntry } from "../../format/leaf-links.ts";
import type { StatementLine } from "../../model/statement.ts";
import { Moment } from "../../parts/age.tsx";
import { Money } from "../../parts/money.tsx";
import { SealedLink } from "../../parts/sealed-link.tsx";
import type { Column } from "../../parts/table.tsx";

type LineColumn = Column<StatementLine>;

export const timeColumn: LineColumn = { label: "Time", cell: ({ at }) => <Moment at={at} /> };

/** What a line moves, what it leaves, and where the log proves it. */
export const moneyColumns: readonly LineColumn[] = [
  { label: "USDT", kind: "number", cell: ({ amount_usdt }) => <Money usdt={amount_usdt} signed /> },
  {
    label: "Balance USDT",
    kind: "number",
    cell: ({ balance_usdt }) => <Money usdt={balance_usdt} />,
  },
  {
    label: "Proof",
    kind: "number",
    cell: ({ sealed, ledger }) => (
      <SealedLink sealed={sealed} name={nameOfEntry(ledger.key)} hash={ledger.hash} />
    ),
  },
];
