import { ProtocolError } from "../error.ts";
import { createRoll } from "./roll.ts";
import type { NodesOfOwner, Roll } from "./roll.ts";

/**
 * What deciding about the next slot needs of all slots before: plain JSON, ids ascending, so that equal evidence makes
 * equal text. A node is present in a slot when a beacon of it stands in that slot's block.
 */
export type SilenceState = {
  /** the last slot that was decided */
  slot: number;
  /** who was present in it; empty inside a silence, which does not ask */
  present: NodesOfOwner[];
  /** the silence that the slot belongs to: when it began, and whose return ends it */
  silence?: { from_slot: number; gone: NodesOfOwner[] };
};

/** Decides slot after slot which are excused for all because so many fell silent at once. */
export type SilenceFold = {
  /** The number that stands for a node in `decide`, from 0 without gaps; the same node always has the same. */
  numberOf(nodeId: string, ownerId: string): number;
  /**
   * Whether a slot is excused for all; throws `silence.order` unless it is the one after the last.
   * @param present the numbers of the nodes present in it, each once, in any order
   */
  decide(slot: number, present: ArrayLike<number>): boolean;
  state(): SilenceState;
};

/** So few nodes or owners can be absent together by chance. */
const FEWEST_NODES = 10;
const FEWEST_OWNERS = 5;
const LONGEST_SILENCE = 30;

/** The state before the network's first slot, in which nobody could be present. */
export function silenceBefore(firstSlot: number): SilenceState {
  return { slot: firstSlot - 1, present: [] };
}

/**
 * Silence ("Excuses" of the protocol). With N the nodes present in s-1 and G those of N absent in s: when N has at
 * least 10 nodes of at least 5 owners, `100·|G| > 55·|N|`, and the same holds for the owners of N that have no node of
 * N left in s, then the slots from s up to, not including, the first with `2·|G present| >= |G|` are excused for
 * all, at most 30. The slot that ends a silence begins none; the slot after it is looked at again.
 *
 * Whether a slot is excused depends on that slot and those before it, never on a later one: a later slot only tells
 * whether the silence goes on in it. So at the settlement cut every slot of the epoch is decided by the epoch's own
 * blocks and the state that the epoch before it left, also when a silence runs on into the next epoch.
 *
 * @param state of the slot before the first to decide; the fold goes on as if it had decided all slots before
 */
export function createSilence(state: SilenceState): SilenceFold {
  const roll = createRoll();
  let last = state.slot;
  let before = roll.toNumbers(state.present);
  let silence = readSilence(state, roll);

  const begins = (): boolean => {
    const gone = before.length - roll.countHeard(before, last);
    if (before.length < FEWEST_NODES || !isMost(gone, before.length)) return false;
    const owners = roll.countOwners(before);
    const left = roll.countOwners(before.filter((node) => roll.isHeard(node, last)));
    return owners >= FEWEST_OWNERS && isMost(owners - left, owners);
  };

  const goesOn = ({ fromSlot, gone }: Silence): boolean =>
    last - fromSlot < LONGEST_SILENCE && 2 * roll.countHeard(gone, last) < gone.length;

  const nextSilence = (): Silence | null => {
    if (silence !== null) return goesOn(silence) ? silence : null;
    if (!begins()) return null;
    return { fromSlot: last, gone: before.filter((node) => !roll.isHeard(node, last)) };
  };

  return {
    numberOf: (nodeId, ownerId) => roll.numberOf(nodeId, ownerId),

    decide(slot, present) {
      if (slot !== last + 1)
        throw new ProtocolError("silence.order", `slot ${last + 1} comes next, not ${slot}`);
      last = slot;
      roll.hear(present, slot);
      silence = nextSilence();
      before = new Uint32Array(silence === null ? present : []);
      return silence !== null;
    },

    state() {
      const present = roll.toGroups(before);
      if (silence === null) return { slot: last, present };
      const { fromSlot, gone } = silence;
      return { slot: last, present, silence: { from_slot: fromSlot, gone: roll.toGroups(gone) } };
    },
  };
}

type Silence = { fromSlot: number; gone: Uint32Array };

function readSilence({ silence }: SilenceState, roll: Roll): Silence | null {
  if (silence === undefined) return null;
  return { fromSlot: silence.from_slot, gone: roll.toNumbers(silence.gone) };
}

function isMost(part: number, whole: number): boolean {
  return 100 * part > 55 * whole;
}
