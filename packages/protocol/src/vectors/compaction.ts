import vectors from "../../../../vectors/compaction.json" with { type: "json" };
import { compactEpoch, expandEpoch } from "../beacons/compaction.ts";
import { fromHex, toHex } from "../bytes.ts";
import { refusal } from "./outcome.ts";

export function recomputeCompaction() {
  return {
    epochs: vectors.epochs.map((given) => {
      const { salt, slots, commitment_signature, height, last, bitmap } = given;
      const commitmentSignature = fromHex(commitment_signature);
      const bytes = compactEpoch({
        commitmentSignature,
        height,
        last: fromHex(last),
        bitmap: fromHex(bitmap),
      });
      const expanded = expandEpoch(bytes, { salt: fromHex(salt), slots });
      return {
        case: given.case,
        salt,
        slots,
        commitment_signature: toHex(expanded.commitmentSignature),
        height: expanded.height,
        last: toHex(expanded.reveals.at(-1)?.reveal ?? expanded.anchor),
        bitmap: toHex(expanded.bitmap),
        bytes: toHex(bytes),
        anchor: toHex(expanded.anchor),
        reveals: expanded.reveals.map(({ index, reveal }) => ({ index, reveal: toHex(reveal) })),
      };
    }),
    refused: vectors.refused.map((given) => ({
      ...given,
      code: refusal(() =>
        expandEpoch(fromHex(given.bytes), { salt: new Uint8Array(16), slots: given.slots }),
      ),
    })),
  };
}
