/* oxlint-disable jsx-a11y/no-redundant-roles, jsx-a11y/no-interactive-element-to-noninteractive-role --
   small screens lay the cells out as a grid, and a browser may forget that they are a table */
import type { ReactNode } from "react";

export type Column<T> = {
  readonly label: string;
  readonly cell: (row: T) => ReactNode;
  /** Numbers stand right; `wide` takes what is left. */
  readonly kind?: "number" | "wide";
};

type Props<T> = {
  readonly caption: string;
  readonly columns: readonly Column<T>[];
  readonly rows: readonly T[];
  readonly rowKey: (row: T) => string;
};

/** A table that turns into one card a row on small screens; the roles keep it a table for screen readers there. */
export function Table<T>({ caption, columns, rows, rowKey }: Props<T>) {
  return (
    <table role="table" className="table">
      <caption className="hidden">{caption}</caption>
      <thead role="rowgroup">
        <tr role="row">
          {columns.map((column) => (
            <th key={column.label} role="columnheader" scope="col" className={column.kind}>
              {column.label}
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup">
        {rows.map((row) => (
          <tr key={rowKey(row)} role="row">
            {columns.map((column) => (
              <td key={column.label} role="cell" className={column.kind} data-label={column.label}>
                {column.cell(row)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
