import type { blockRoutes, ResponseOf } from "@lucid/api";

export type BlockList = ResponseOf<(typeof blockRoutes)["listBlocks"]>;

export const listToText = ({ items, pagination }: BlockList): string => {
  const rows = items.map(({ height, slot, epoch, sealed_at, header, header_hash }) => [
    String(height),
    String(slot),
    String(epoch),
    sealed_at,
    String(header.body_count),
    String(header.backlog),
    header_hash,
  ]);
  const heads = ["height", "slot", "epoch", "sealed", "leaves", "backlog", "header hash"];
  const widths = heads.map((head, i) =>
    Math.max(head.length, ...rows.map((row) => row[i]?.length ?? 0)),
  );
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, i) => (i === cells.length - 1 ? cell : cell.padStart(widths[i] ?? 0)))
      .join("  ");
  const { page, total_pages, total } = pagination;
  const end = `page ${page} of ${Math.max(1, total_pages)}, ${total} in all`;
  return [line(heads), ...rows.map(line), end].join("\n");
};
