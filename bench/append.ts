import { open } from "node:fs/promises";
import { join } from "node:path";
import type { SealedSlot } from "@lucid/api";
import {
  leavesOf,
  openLog,
  sealedSlot,
} from "../packages/block-manager/src/append/testing/scene.ts";
import { openDisk } from "../packages/block-manager/src/disk/index.ts";
import { median, secondsOf, withFolder } from "./measure.ts";

/** So many appends of so many blocks with so many leaves each. */
type Load = { readonly appends: number; readonly blocks: number; readonly leaves: number };

const loads = {
  one_at_a_time: { appends: 200, blocks: 1, leaves: 20 },
  in_batches: { appends: 20, blocks: 200, leaves: 20 },
  without_leaves: { appends: 10, blocks: 2000, leaves: 0 },
  ten_thousand_beacons: { appends: 10, blocks: 1, leaves: 10_000 },
} as const satisfies Record<string, Load>;

/**
 * Blocks and leaves that block-manager appends a second, durable before the answer, on a log that grows from one load to
 * the next. `vs_plain` is how fast that is against one fsynced file for each append with the same bytes, by turns.
 */
export async function benchAppend(): Promise<Record<string, Record<string, number>>> {
  return withFolder(async (folder) => {
    const { store, appender } = await openLog(await openDisk(folder));
    await using _ = store;
    const figures: Record<string, Record<string, number>> = {};
    for (const [name, load] of Object.entries(loads)) {
      const from = store.head().size;
      const appendS: number[] = [];
      const plainS: number[] = [];
      for (let i = 0; i < load.appends; i++) {
        const slots = slotsOf(from + i * load.blocks, load);
        plainS.push(await secondsOf(() => writePlain(join(folder, "plain"), bytesOf(slots))));
        appendS.push(
          await secondsOf(async () => {
            const verdict = await appender.append(slots);
            if (!verdict.ok) throw new Error(verdict.detail);
          }),
        );
      }
      figures[name] = toFigures(load, appendS, plainS);
    }
    return { ...figures, memory: { rss_mib: process.memoryUsage.rss() / 2 ** 20 } };
  });
}

const slotsOf = (from: number, { blocks, leaves }: Load): SealedSlot[] =>
  Array.from({ length: blocks }, (_, i) =>
    sealedSlot(from + i, leaves === 0 ? [] : leavesOf(from + i, leaves - 1)),
  );

/** What an append has to keep at least: bodies, and some 600 bytes of each entry. */
const bytesOf = (slots: readonly SealedSlot[]): number =>
  slots.reduce((sum, { body }) => sum + body.length + 600, 0);

async function writePlain(path: string, length: number): Promise<void> {
  await using file = await open(path, "w");
  await file.writeFile(new Uint8Array(length));
  await file.sync();
}

function toFigures({ blocks, leaves }: Load, appendS: number[], plainS: number[]) {
  const seconds = median(appendS);
  return {
    blocks_per_s: blocks / seconds,
    leaves_per_s: (blocks * leaves) / seconds,
    append_ms: 1000 * seconds,
    vs_plain: median(plainS) / seconds,
  };
}
