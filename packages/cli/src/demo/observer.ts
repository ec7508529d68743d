import type { ResponseOf, Routes } from "@lucid/api";
import type { Client } from "@lucid/api/client";

export type Network = ResponseOf<Routes["getNetwork"]>;
export type Payout = ResponseOf<Routes["getPayout"]>;
export type Epoch = ResponseOf<Routes["getEpoch"]>;

export type Change =
  | { readonly kind: "slot"; readonly network: Network }
  | { readonly kind: "epoch"; readonly epoch: Epoch }
  | { readonly kind: "payout"; readonly payout: Payout };

export type Observer = {
  /** What is new since the call before; the first call only takes note of what is there. */
  look(): Promise<Change[]>;
};

/** Follows a network by reading its public answers again and again. */
export const createObserver = (client: Client): Observer => {
  let slot: number | null = null;
  const epochs = new Map<number, string>();
  const payouts = new Map<string, string>();

  const changed = (seen: Map<string | number, string>, id: string | number, state: string) => {
    if (seen.get(id) === state) return false;
    seen.set(id, state);
    return true;
  };

  return {
    async look() {
      const [network, epochList, payoutList] = await Promise.all([
        client.call("getNetwork"),
        client.call("listEpochs", { query: { limit: 5 } }),
        client.call("listPayouts", { query: { limit: 100 } }),
      ]);
      const isFirst = slot === null;
      const isNewSlot = slot !== network.slot;
      slot = network.slot;
      const changes: Change[] = [
        ...(isNewSlot ? [{ kind: "slot" as const, network }] : []),
        ...epochList.items
          .toReversed()
          .filter(({ epoch, state }) => changed(epochs, epoch, state))
          .map((epoch) => ({ kind: "epoch" as const, epoch })),
        ...payoutList.items
          .toReversed()
          .filter(({ payout_id, state }) => changed(payouts, payout_id, state))
          .map((payout) => ({ kind: "payout" as const, payout })),
      ];
      return isFirst ? changes.filter(({ kind }) => kind === "slot") : changes;
    },
  };
};
