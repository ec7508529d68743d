import { defineCollection, type Documents } from "@lucid/platform/documents";
import type { Log } from "@lucid/platform/log";
import { type Static, Type } from "typebox";
import { compareAndSet } from "../shared/compare-and-set.ts";
import { insertOrFind } from "../shared/written.ts";
import type { Shut } from "./contract.ts";

const Word = {
  /** The fencing token of the payer that says the rest. */
  fence: Type.Integer(),
  /** Up to which call due owners were looked for. */
  answered: Type.Integer(),
  /** Wall-clock ms of the last look, and whether the next run looks again. */
  looked_at: Type.Union([Type.Integer(), Type.Null()]),
  is_more_due: Type.Boolean(),
  /** Why nothing new is paid; null while it is. */
  shut: Type.Union([
    Type.Object({ state: Type.Unsafe<Shut["state"]>(Type.String()), reason: Type.String() }),
    Type.Null(),
  ]),
};

const DeskDocument = Type.Object({
  id: Type.String(),
  /** Grows with every call for the payer, in whatever process it was made. */
  calls: Type.Integer(),
  /** The last call that asks to look for due owners. */
  asked: Type.Integer(),
  ...Word,
});

/** Where the payer and those who want something of it leave each other word, whichever process it is in. */
export type DeskDocument = Static<typeof DeskDocument>;

/** How the payer says it stands. */
export type PayerWord = Omit<DeskDocument, "id" | "calls" | "asked">;

export const deskCollection = defineCollection({ name: "payout_desk", schema: DeskDocument });

export type Desk = {
  /** As it was last seen here. */
  known(): DeskDocument;
  /** Looks at it; tells whether the payer was called since the last look. */
  follow(): Promise<boolean>;
  /** Has the payer run soon, and look for due owners if `looks`. */
  call(options: { readonly looks: boolean }): Promise<void>;
  /** Leaves the payer's word, unless a later payer has. Never throws: what it says can be read in its own process. */
  tell(word: PayerWord): Promise<void>;
  /** Takes for known what the payer is about to find. */
  assume(shut: Shut | null): void;
};

const ID = "payer";

const empty: DeskDocument = {
  id: ID,
  calls: 0,
  asked: 0,
  fence: 0,
  answered: 0,
  looked_at: null,
  is_more_due: false,
  shut: null,
};

/** One document: anyone adds calls, and only the latest payer says how it stands. */
export const createDesk = ({
  documents,
  log,
}: {
  readonly documents: Pick<Documents, "collection">;
  readonly log: Log;
}): Desk => {
  const desks = documents.collection(deskCollection);
  let known = empty;

  /** Writes what follows from the document as it stands; null is nothing to write. */
  const change = async (
    next: (desk: DeskDocument) => Pick<DeskDocument, "calls"> | PayerWord | null,
    guard: (desk: DeskDocument) => Partial<DeskDocument>,
  ): Promise<void> => {
    for (;;) {
      const patch = next(known);
      if (patch === null) return;
      const swapped = await compareAndSet(desks, ID, patch, guard(known));
      known = swapped.done
        ? swapped.document
        : (swapped.stored ?? (await insertOrFind(desks, empty)).stored);
      if (swapped.done) return;
    }
  };

  return {
    known: () => known,
    follow: async () => {
      const { calls } = known;
      known = (await desks.get(ID)) ?? empty;
      return known.calls > calls;
    },
    call: ({ looks }) =>
      change(
        ({ calls }) => ({ calls: calls + 1, ...(looks && { asked: calls + 1 }) }),
        ({ calls }) => ({ calls }),
      ),
    tell: async (word) => {
      try {
        await change(
          (desk) => (desk.fence > word.fence || saysAlready(desk, word) ? null : word),
          ({ fence }) => ({ fence }),
        );
      } catch (error) {
        log.warn({ err: error }, "the payer could not leave word of how it stands");
      }
    },
    assume: (shut) => {
      known = { ...known, shut };
    },
  };
};

const saysAlready = (desk: DeskDocument, word: PayerWord): boolean =>
  desk.fence === word.fence &&
  desk.answered === word.answered &&
  desk.looked_at === word.looked_at &&
  desk.is_more_due === word.is_more_due &&
  desk.shut?.state === word.shut?.state &&
  desk.shut?.reason === word.shut?.reason;
