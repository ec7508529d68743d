import { expect, test } from "vitest";
import { type Column, table } from "./table.ts";

type Fruit = { readonly name: string; readonly grams: number; readonly note: string };

const columns: readonly Column<Fruit>[] = [
  { head: "fruit", cell: ({ name }) => name },
  { head: "g", cell: ({ grams }) => grams, right: true },
  { head: "note", cell: ({ note }) => note },
];

const plain = { paint: (_style: string, text: string): string => text, columns: Infinity };

test("columns are as wide as what stands in them, numbers end where their column ends", () => {
  const fruits = [
    { name: "fig", grams: 50, note: "ripe, and a note as long as it likes" },
    { name: "pineapple", grams: 1200, note: "" },
  ];
  expect(table(fruits, columns, plain)).toEqual([
    "fruit         g  note",
    "fig          50  ripe, and a note as long as it likes",
    "pineapple  1200",
  ]);
});

test("in a narrow terminal the last column stands below the others, word by word", () => {
  const fruits = [
    { name: "fig", grams: 50, note: "ripe, and a note as long as it likes" },
    { name: "plum", grams: 9, note: "" },
  ];
  expect(table(fruits, columns, { ...plain, columns: 24 })).toEqual([
    "fruit   g  note",
    "fig    50",
    "    ripe, and a note as",
    "    long as it likes",
    "plum    9",
  ]);
});

test("of nothing there is no table", () => {
  expect(table([], columns, plain)).toEqual([]);
});
