import type { PayoutDocument } from "./documents.ts";

/**
 * What people can do about a signature that the signer gave before and these books have lost, as after a store was put
 * back: an attempt of it may be on the chain. Empty for every other refusal, whose sentence says enough.
 */
export const adviceOnRefusal = (code: unknown, { id }: Pick<PayoutDocument, "id">): string => {
  const cancel = `lucid payouts cancel ${id} "<reason>" gives the money back once the time of this one is over`;
  if (code === "signer.head") return `; use a newer copy of the store, or ${cancel}`;
  if (!LOST.has(code)) return "";
  return (
    `; if the chain holds that transaction: lucid admin treasury record <txid> "<reason>" --payout ${id}; ` +
    `otherwise the next attempt is signed once two endpoints show the signer that it is dead, or ${cancel}`
  );
};

const LOST: ReadonlySet<unknown> = new Set([
  "signer.other_txid",
  "signer.attempt_open",
  "signer.attempt_order",
]);
