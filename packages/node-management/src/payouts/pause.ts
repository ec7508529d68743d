import type { Clock } from "@lucid/platform/clock";
import { defineCollection, type Documents } from "@lucid/platform/documents";
import { type Static, Type } from "typebox";
import { compareAndSet } from "../shared/compare-and-set.ts";
import { toMoment } from "../shared/view.ts";
import { insertOrFind } from "../shared/written.ts";
import type { Shut } from "./contract.ts";

const PauseDocument = Type.Object({
  id: Type.String(),
  revision: Type.Integer(),
  is_paused: Type.Boolean(),
  reason: Type.String(),
  by: Type.String(),
  at: Type.Integer(),
});

/** The switch of the payer: who turned it last, when and why. */
export type PauseDocument = Static<typeof PauseDocument>;

export const pauseCollection = defineCollection({ name: "payout_pause", schema: PauseDocument });

export type Pause = {
  /** Null while nobody has ever touched the switch. */
  read(): Promise<PauseDocument | null>;
  /** Turns it; the latest word counts. */
  turn(change: { isPaused: boolean; reason: string; by: string }): Promise<PauseDocument>;
};

const ID = "pause";

/** One document for all processes: while it says paused nothing new is made and nothing signed. */
export const createPause = ({
  documents,
  clock,
}: {
  readonly documents: Pick<Documents, "collection">;
  readonly clock: Pick<Clock, "now">;
}): Pause => {
  const pauses = documents.collection(pauseCollection);
  const turn: Pause["turn"] = async ({ isPaused, reason, by }) => {
    const change = { is_paused: isPaused, reason, by, at: clock.now() };
    for (;;) {
      const { inserted, stored } = await insertOrFind(pauses, { id: ID, revision: 0, ...change });
      if (inserted) return stored;
      const { revision } = stored;
      const swapped = await compareAndSet(
        pauses,
        ID,
        { ...change, revision: revision + 1 },
        { revision },
      );
      if (swapped.done) return swapped.document;
    }
  };
  return { read: () => pauses.get(ID), turn };
};

/** What everybody is told while payouts are paused; null while they are not. */
export const pauseToShut = (stored: PauseDocument | null): Shut | null => {
  if (stored === null || !stored.is_paused) return null;
  return { state: "paused", reason: `${stored.reason} (since ${toMoment(stored.at)})` };
};
