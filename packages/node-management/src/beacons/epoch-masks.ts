import { type Bitmap, createBitmap, firstSlotOf, type Genesis, setBit } from "@lucid/protocol";
import type { Hearing } from "./contract.ts";

/** Which slots of an epoch are closed, and in which of these we were deaf. The same for every node. */
export type EpochMasks = { readonly closed: Bitmap; readonly deaf: Bitmap };

/** Masks by epoch, made again when another slot has closed. */
export const createEpochMasks = ({
  genesis,
  hearing,
}: {
  genesis: Genesis;
  hearing: Pick<Hearing, "isDeaf">;
}): ((epoch: number, lastClosed: number) => EpochMasks) => {
  const slots = genesis.slots_per_epoch;
  let made = { lastClosed: Number.NaN, byEpoch: new Map<number, EpochMasks>() };

  const make = (epoch: number, lastClosed: number): EpochMasks => {
    const masks = { closed: createBitmap(slots), deaf: createBitmap(slots) };
    const first = firstSlotOf(genesis, epoch);
    for (let slot = first; slot < first + slots && slot <= lastClosed; slot++) {
      setBit(masks.closed, slot - first);
      if (hearing.isDeaf(slot)) setBit(masks.deaf, slot - first);
    }
    return masks;
  };

  return (epoch, lastClosed) => {
    if (made.lastClosed !== lastClosed) made = { lastClosed, byEpoch: new Map() };
    const known = made.byEpoch.get(epoch);
    if (known !== undefined) return known;
    const masks = make(epoch, lastClosed);
    made.byEpoch.set(epoch, masks);
    return masks;
  };
};
