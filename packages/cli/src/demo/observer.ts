import type { ResponseOf, Routes } from "@lucid/api";
import type { Client } from "@lucid/api/client";

export type Network = ResponseOf<Routes["getNetwork"]>;
export type Payout = ResponseOf<Routes["getPayout"]>;
export type Result = ResponseOf<Routes["listEpochResults"]>["items"][number];
export type Epoch = ResponseOf<Routes["getEpoch"]>;

export type Change =
  | { readonly kind: "slot"; readonly network: Network }
  | { readonly kind: "epoch"; readonly epoch: Epoch }
  /** `through`: the states since the last look, the present one last. */
  | { readonly kind: "payout"; readonly payout: Payout; readonly through: readonly string[] };

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
          .map((payout) => ({ payout, before: payouts.get(payout.payout_id) }))
          .filter(({ payout }) => changed(payouts, payout.payout_id, payout.state))
          .map(({ payout, before }) => ({
            kind: "payout" as const,
            payout,
            through: statesBetween(before, payout.state),
          })),
      ];
      return isFirst ? changes.filter(({ kind }) => kind === "slot") : changes;
    },
  };
};

/** A payout goes through these one by one, some of them between two looks. */
const straight = ["created", "approved", "signed", "broadcast", "confirmed"];

const statesBetween = (before: string | undefined, now: string): string[] => {
  const end = straight.indexOf(now);
  if (end === -1) return [now];
  return straight.slice(before === undefined ? 0 : straight.indexOf(before) + 1, end + 1);
};
