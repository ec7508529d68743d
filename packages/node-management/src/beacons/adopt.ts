import type { Documents } from "@lucid/platform/documents";
import { type Body, sha256 } from "@lucid/protocol";
import { type Adopter, type AdoptedSlot, adoptSealed } from "../shared/adopt.ts";
import { insertOrFind } from "../shared/written.ts";
import {
  commitmentCollection,
  excuseCollection,
  messageToCommitment,
  SEALED,
  segmentCollection,
  segmentId,
} from "./documents.ts";
import { bodyBytes } from "./entry.ts";

export type BeaconsAdopters = {
  readonly commitments: Adopter<"commitment">;
  readonly excuses: Adopter<"excuse">;
  /** The beacons of a block, as accepted in its slot. */
  readonly beacons: (at: AdoptedSlot, body: Body) => Promise<void>;
};

/** Commitments, beacons and excuses from the log. */
export const createBeaconsAdopters = (
  documents: Pick<Documents, "collection">,
): BeaconsAdopters => {
  const commitments = documents.collection(commitmentCollection);
  const excuses = documents.collection(excuseCollection);
  const segments = documents.collection(segmentCollection);
  return {
    commitments: {
      type: "commitment",
      adopt: ({ slot, atMs }, sealed) =>
        adoptSealed(
          commitments,
          sealed.map((commitment) => messageToCommitment(commitment, atMs)),
          {
            slot,
            toRecord: ({ id, anchor, signature }) => ({ id, anchor, signature }),
          },
        ),
    },
    excuses: {
      type: "excuse",
      adopt: ({ slot }, sealed) =>
        adoptSealed(
          excuses,
          sealed.map(({ from_slot, deaf_ms = 0 }) => ({
            id: String(from_slot),
            slot: from_slot,
            deaf_ms,
            sealed_slot: null,
          })),
          { slot, toRecord: ({ id, deaf_ms }) => ({ id, deaf_ms }) },
        ),
    },
    beacons: async ({ slot, atMs }, body) => {
      const entries = body.flatMap(({ leaf }) =>
        leaf.kind === "beacon" ? [sha256(leaf.publicKey).subarray(0, bodyBytes), leaf.reveal] : [],
      );
      if (entries.length === 0) return;
      const place = { id: segmentId(slot, SEALED, 0), slot, replica: SEALED, seq: 0 };
      await insertOrFind(segments, { ...place, entries: Buffer.concat(entries), at: atMs });
    },
  };
};
