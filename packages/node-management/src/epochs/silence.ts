import { setImmediate as nextTurn } from "node:timers/promises";
import type { Collection } from "@lucid/platform/documents";
import {
  type Bitmap,
  createBitmap,
  createSilence,
  firstSlotOf,
  type Genesis,
  getBit,
  setBit,
  silenceBefore,
  type SilenceState,
} from "@lucid/protocol";
import type { Registry } from "../registry/index.ts";
import { Fault } from "../shared/fault.ts";
import { insertOrFind } from "../shared/written.ts";
import type { SilenceDocument } from "./documents.ts";
import { firstEpoch } from "./rules.ts";

export type SilenceDeps = {
  readonly genesis: Genesis;
  readonly registry: Pick<Registry, "node">;
  readonly silences: Collection<SilenceDocument>;
};

/**
 * The slots of an epoch that are excused because so many nodes fell silent at once (protocol, Excuses). Goes on where
 * the epoch before ended, and leaves behind where this one ends.
 * @param presence accepted beacons by node id
 */
export const findSilence = async (
  { genesis, registry, silences }: SilenceDeps,
  epoch: number,
  presence: ReadonlyMap<string, Bitmap>,
): Promise<Bitmap> => {
  const silence = createSilence(await readBefore({ genesis, silences }, epoch));
  const nodes = [...presence].map(([nodeId, present]) => {
    const number = silence.numberOf(nodeId, registry.node(nodeId)?.ownerId ?? "");
    return { number, present };
  });
  const excused = createBitmap(genesis.slots_per_epoch);
  for (let index = 0; index < genesis.slots_per_epoch; index++) {
    if (nodes.length > 0) await nextTurn();
    const slot = firstSlotOf(genesis, epoch) + index;
    if (silence.decide(slot, presentIn(nodes, index))) setBit(excused, index);
  }
  await insertOrFind(silences, {
    id: String(epoch),
    epoch,
    state: JSON.stringify(silence.state()),
  });
  return excused;
};

type Numbered = { readonly number: number; readonly present: Bitmap };

const presentIn = (nodes: readonly Numbered[], index: number): Uint32Array => {
  const numbers = new Uint32Array(nodes.length);
  let count = 0;
  for (const { number, present } of nodes) if (getBit(present, index)) numbers[count++] = number;
  return numbers.subarray(0, count);
};

/** Drops what an epoch before `epoch`, which is closed, left behind. */
export const forgetSilence = async (
  { silences }: Pick<SilenceDeps, "silences">,
  epoch: number,
): Promise<void> => void (await silences.remove(String(epoch - 1)));

const readBefore = async (
  { genesis, silences }: Pick<SilenceDeps, "genesis" | "silences">,
  epoch: number,
): Promise<SilenceState> => {
  if (epoch === firstEpoch(genesis)) return silenceBefore(firstSlotOf(genesis, epoch));
  const stored = await silences.get(String(epoch - 1));
  if (stored !== null) return JSON.parse(stored.state) as SilenceState;
  throw new Fault("epochs.silence", `epoch ${epoch - 1} left no state of silence behind`, {
    epoch,
  });
};
