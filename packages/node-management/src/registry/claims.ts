import type { Clock } from "@lucid/platform/clock";
import type { Collection } from "@lucid/platform/documents";
import { compareAndSet } from "../shared/compare-and-set.ts";
import { insertOrFind } from "../shared/written.ts";
import type { AddressClaimDocument } from "./documents.ts";

/** Long enough that what a claim was for is in the store, and known to every replica. */
export const CLAIM_MS = 60_000;

/**
 * Keeps an address for whoever is about to name it for the first time, against everybody else on every replica: an owner
 * who enrols or changes to it, or the treasury. What comes of it has to be written within the minute; after that the books
 * of addresses tell whose it is, and what came to nothing is free again.
 * @param holder the owner's id, or `network` for a wallet to pay from
 * @returns whether it is the holder's now
 */
export type ClaimAddress = (address: string, holder: string) => Promise<boolean>;

/** One address is one document; a claim is its insert, or one compare-and-set on it. */
export const createClaimAddress =
  (claims: Collection<AddressClaimDocument>, clock: Pick<Clock, "now">): ClaimAddress =>
  async (address, holder) => {
    const wanted = { holder, revision: 0, claimed_at: clock.now() };
    const { stored } = await insertOrFind(claims, { id: address, ...wanted });
    const isFresh = clock.now() - stored.claimed_at < CLAIM_MS / 2;
    if (stored.holder === holder && isFresh) return true;
    if (stored.holder !== holder && clock.now() - stored.claimed_at < CLAIM_MS) return false;
    const { revision } = stored;
    const renewed = { ...wanted, revision: revision + 1 };
    const swapped = await compareAndSet(claims, address, renewed, { revision });
    return swapped.done || swapped.stored?.holder === holder;
  };
