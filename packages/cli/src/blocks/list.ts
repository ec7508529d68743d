import type { Output } from "@lucid/agent";
import type { blockRoutes, ResponseOf } from "@lucid/api";
import { type Column, pageLine, table } from "../lists/index.ts";

export type BlockList = ResponseOf<(typeof blockRoutes)["listBlocks"]>;

export const listToText = ({ items, pagination }: BlockList, output: Output): string =>
  [...table(items, columns, output), pageLine(pagination)].join("\n");

const columns: readonly Column<BlockList["items"][number]>[] = [
  { head: "height", cell: ({ height }) => height, right: true },
  { head: "slot", cell: ({ slot }) => slot, right: true },
  { head: "epoch", cell: ({ epoch }) => epoch, right: true },
  { head: "sealed", cell: ({ sealed_at }) => sealed_at },
  { head: "leaves", cell: ({ header }) => header.body_count, right: true },
  { head: "backlog", cell: ({ header }) => header.backlog, right: true },
  { head: "header hash", cell: ({ header_hash }) => header_hash },
];
