import { beaconSalt, createBitmap, fromHex, setBit } from "@lucid/protocol";
import type { Bitmap, BlockNetwork } from "@lucid/protocol";
import type { Member } from "./members.ts";

/** What a node revealed of its chain in an epoch: the last link c[k], and in which slots. */
export type Revealed = {
  readonly salt: Uint8Array;
  last: Uint8Array;
  k: number;
  readonly present: Bitmap;
};

/** What the blocks of one epoch say about it. */
export type EpochEvidence = {
  readonly revealed: Map<Member, Revealed>;
  /** slots whose block holds a beacon */
  readonly heard: Bitmap;
  /** slots that were not observed, or that an excuse calls deaf */
  readonly deaf: Bitmap;
};

/** The evidence of the epochs that are not settled yet. */
export type Evidence = ReturnType<typeof createEvidence>;

export const createEvidence = ({ genesis, networkId }: BlockNetwork) => {
  const slots = genesis.slots_per_epoch;
  const epochs = new Map<number, EpochEvidence>();

  const of = (epoch: number): EpochEvidence => {
    const known = epochs.get(epoch);
    if (known !== undefined) return known;
    const made = { revealed: new Map(), heard: createBitmap(slots), deaf: createBitmap(slots) };
    epochs.set(epoch, made);
    return made;
  };

  return {
    of,

    isCommitted: (member: Member, epoch: number): boolean => of(epoch).revealed.has(member),

    commit: (member: Member, epoch: number, anchor: string): void => {
      of(epoch).revealed.set(member, {
        salt: beaconSalt(networkId, member.publicKey, epoch),
        last: fromHex(anchor),
        k: 0,
        present: createBitmap(slots),
      });
    },

    markDeaf: (epoch: number, index: number): void => setBit(of(epoch).deaf, index),

    /** After its settlement nothing of an epoch is asked again. */
    drop: (epoch: number): boolean => epochs.delete(epoch),
  };
};
