import { type Output, wrap } from "@lucid/agent";

export type Column<T> = {
  readonly head: string;
  readonly cell: (item: T) => string | number;
  /** Numbers end where the column ends. */
  readonly right?: true;
};

/**
 * The lines of a list below a line of heads; none of nothing. The last column may be of any length: in a terminal that is
 * too narrow for it, it stands below the others.
 */
export const table = <T>(
  items: readonly T[],
  columns: readonly Column<T>[],
  { paint, columns: width }: Pick<Output, "paint" | "columns">,
): string[] => {
  if (items.length === 0) return [];
  const rows = items.map((item) => columns.map(({ cell }) => String(cell(item))));
  const heads = columns.map(({ head }) => head);
  const widths = heads.map((head, i) =>
    Math.max(head.length, ...rows.map((row) => row[i]?.length ?? 0)),
  );
  const toLine = (cells: readonly string[]): string =>
    cells
      .map((cell, i) => {
        const width = widths[i] ?? 0;
        return columns[i]?.right === true ? cell.padStart(width) : cell.padEnd(width);
      })
      .join("  ")
      .trimEnd();
  const toLines = (cells: readonly string[]): string[] => [
    toLine(cells.slice(0, -1)),
    ...wrap(cells.at(-1) ?? "", width - INDENT.length).map((line) => `${INDENT}${line}`),
  ];
  const whole = rows.map(toLine);
  const isTooWide = whole.some((line) => line.length > width);
  return [paint("dim", toLine(heads)), ...(isTooWide ? rows.flatMap(toLines) : whole)];
};

const INDENT = "    ";
