import type { Io } from "@lucid/agent";
import {
  type NewerLog,
  type RestoredStore,
  restoreStore,
  type storePlace,
} from "@lucid/node-management";
import { readDocuments } from "./documents.ts";
import type { Manifest } from "./manifest.ts";

export type Place = ReturnType<typeof storePlace>;

export type LoadOptions = {
  /** The backup. */
  readonly folder: string;
  readonly manifest: Manifest;
  readonly place: Place;
  /** A log that brings the store further than the backup; null to leave it there. */
  readonly newer: NewerLog | null;
};

/** Puts the documents of a backup into an empty store, payouts paused; null when the backup has none. */
export const loadStore = async (
  { clock }: Pick<Io, "clock">,
  { folder, manifest, place, newer }: LoadOptions,
): Promise<RestoredStore | null> => {
  const { id, network_id: networkId, store } = manifest;
  if (store === null) return null;
  const collections = new Map(Object.entries(store.collections));
  const copy = {
    id,
    networkId,
    versions: new Map([...collections].map(([name, { version }]) => [name, version])),
    documents: (name: string) => readDocuments(folder, name, collections.get(name)?.documents ?? 0),
  };
  return restoreStore(
    { place: place.engine === "sqlite" ? { ...place, create: true } : place, copy, clock },
    { pauseReason: pauseReason(manifest), ...(newer !== null && { newer }) },
  );
};

const pauseReason = ({ made_at: madeAt, id }: Manifest): string =>
  `restored from the backup of ${madeAt} (${id.slice(0, 8)}): see what left the wallets since then with lucid admin treasury list, then lucid payouts resume`;
