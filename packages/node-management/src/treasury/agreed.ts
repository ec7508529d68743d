import type { Documents } from "@lucid/platform/documents";
import { walletCollection, type WalletDocument } from "./documents.ts";

/** Where chain and books of a wallet were last found to agree, from the store alone; null when nobody has looked. */
export const readAgreed = (
  documents: Pick<Documents, "collection">,
  wallet: string,
): Promise<WalletDocument | null> => documents.collection(walletCollection).get(wallet);
