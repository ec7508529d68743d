import type { Collection } from "@lucid/platform/documents";
import { type Bitmap, firstSlotOf, type Genesis } from "@lucid/protocol";
import type { Beacons } from "../beacons/index.ts";
import { insertOrFind } from "../shared/written.ts";
import type { ExcuseDocument } from "./documents.ts";
import { coverSlots, findDeafRanges } from "./rules.ts";

export type ExcusesDeps = {
  readonly genesis: Genesis;
  readonly hearing: Pick<Beacons["hearing"], "deafMs">;
  readonly excuses: Collection<ExcuseDocument>;
};

/** Writes the excuses of an epoch that is over; an excuse that an earlier try left stays as it is. */
export const writeDeafExcuses = async (
  { genesis, hearing, excuses }: ExcusesDeps,
  epoch: number,
): Promise<void> => {
  const first = firstSlotOf(genesis, epoch);
  const deafMs = await Promise.all(
    Array.from({ length: genesis.slots_per_epoch }, (_, index) => hearing.deafMs(first + index)),
  );
  for (const range of findDeafRanges(genesis, epoch, deafMs)) {
    await insertOrFind(excuses, {
      id: `deaf/${range.fromSlot}`,
      kind: "deaf",
      epoch,
      from_slot: range.fromSlot,
      to_slot: range.toSlot,
      deaf_ms: range.deafMs,
    });
  }
};

/** The slots that the written excuses of an epoch cover. */
export const readExcused = async (
  { genesis, excuses }: Pick<ExcusesDeps, "genesis" | "excuses">,
  epoch: number,
): Promise<Bitmap> => {
  const written = await excuses.find({ where: { epoch }, sort: [["from_slot", "asc"]] });
  return coverSlots(genesis, epoch, written);
};
