import type { Clock } from "@lucid/platform/clock";
import { type Documents, DocumentsError } from "@lucid/platform/documents";
import { Fault } from "../shared/fault.ts";
import { insertOrFind } from "../shared/written.ts";
import { networkCollection } from "./documents.ts";

const ID = "network";
const WORDS = "unfinished restore of ";

/** Whether the network that a store names is only the mark of a restore under way. */
export const isRestoring = (networkId: string): boolean => networkId.startsWith(WORDS);

/**
 * Marks a store as one that a backup is being put into, so that no service starts on it.
 * @returns whether the same backup was begun before, and is gone on with
 * Throws `backup.not_empty` for a store that is anything else.
 */
export const beginRestore = async (
  documents: Documents,
  backupId: string,
  clock: Pick<Clock, "now">,
): Promise<boolean> => {
  const mark = { id: ID, network_id: `${WORDS}${backupId}`, bound_at: clock.now() };
  const { inserted, stored } = await insertOrFind(documents.collection(networkCollection), mark);
  if (inserted || stored.network_id === mark.network_id) return !inserted;
  throw new Fault(
    "backup.not_empty",
    `the database holds ${isRestoring(stored.network_id) ? `an ${stored.network_id}` : `the store of network ${stored.network_id}`}: name an empty one`,
  );
};

/** The last step: from now on the store is the network's. */
export const endRestore = async (
  documents: Documents,
  networkId: string,
  clock: Pick<Clock, "now">,
): Promise<void> => {
  const networks = documents.collection(networkCollection);
  const bound = { network_id: networkId, bound_at: clock.now() };
  const written = await networks.update(ID, bound, { expect: {} });
  if (written.outcome === "done" || (await networks.get(ID))?.network_id === networkId) return;
  throw new DocumentsError("documents.failed", "the store does not hold what was just written");
};
