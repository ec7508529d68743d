import type { ResponseOf, Routes } from "@lucid/api";
import type { Command } from "commander";
import { wholeNumberFrom } from "./whole-number.ts";

type Pagination = ResponseOf<Routes["listOwners"]>["pagination"];

/** Which page of a list is wanted. */
export type PageOption = { readonly page: number };

export const withPage = (command: Command): Command =>
  command.option("--page <n>", "a hundred a page, from 1", wholeNumberFrom(1), 1);

/** The last line of a list: where in it one is, and how to go on. */
export const pageLine = ({ page, total_pages, total, has_next }: Pagination): string =>
  `page ${page} of ${Math.max(1, total_pages)}, ${total} in all${has_next ? `; next: --page ${page + 1}` : ""}`;
