import { collections } from "../packages/node-management/src/collections.ts";

type Kept = (typeof collections)[number]["retention"];

const inWords = (retention: Kept): string => {
  if (retention === null) return "for ever";
  return "words" in retention ? retention.words : `${retention.epochs} epochs`;
};

/** How long node-management keeps the documents of each collection. */
export const renderRetentionDoc = (): string => {
  const rows = collections.map(({ name, retention, schemaVersion }): [string, string, string] => [
    `\`${name}\``,
    inWords(retention),
    String(schemaVersion),
  ]);
  return [
    "# What is kept, and how long",
    "",
    "Every collection of node-management's store. A document that is not sealed yet stays, and so does every one of an",
    "epoch that is not settled. The public log keeps what was sealed for ever. Ledger, payouts, caps and audit never go.",
    "",
    ...table([["collection", "kept", "schema"], ...rows]),
    "",
  ].join("\n");
};

const table = ([head, ...rows]: readonly [string, string, string][]): string[] => {
  const all = [head ?? ["", "", ""], ...rows];
  const widths = [0, 1, 2].map((column) =>
    Math.max(...all.map((row) => (row[column] ?? "").length)),
  );
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join(" | ")} |`;
  return [
    line(head ?? []),
    line(widths.map((width) => "-".repeat(width))),
    ...rows.map((row) => line(row)),
  ];
};
