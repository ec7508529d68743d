import type { Client } from "@lucid/api/client";
import { acceptanceWindow, slotAt, type Genesis } from "@lucid/protocol";
import type { Change, Epoch, Network, Payout } from "./observer.ts";
import type { Stage } from "./stage.ts";
import type { Troupe } from "./troupe.ts";

export type Narrator = {
  tell(change: Change): Promise<void>;
  /** The changing line, between two changes. */
  tick(): void;
};

export type NarratorDeps = {
  readonly stage: Stage;
  readonly client: Client;
  readonly troupe: Troupe;
  readonly genesis: Genesis;
  readonly now: () => number;
};

/** Why a payout is in its state; told in full the first time. */
const payoutReasons: Readonly<Record<string, string>> = {
  created: "the debit in the ledger is the decision, made once",
  approved: "within the caps of the policy",
  signed: "its txid is stored before anything is sent",
  broadcast: "sent; now 19 blocks have to stand on its block",
  confirmed: "a solidified receipt with exactly this transfer",
};

/** Every how many slots a line is printed where no line can change. */
const QUIET_SLOTS = 5;

export const createNarrator = (deps: NarratorDeps): Narrator => {
  const { stage, client, troupe, genesis } = deps;
  const explained = new Set<string>();
  let network: Network | null = null;

  const heard = (): string[] => {
    const current = slotAt(genesis, deps.now());
    const previousIsOpen = deps.now() < acceptanceWindow(genesis, current - 1).untilMs;
    const since = previousIsOpen ? current - 2 : current - 1;
    return troupe.actors
      .filter(({ role }) => (troupe.lastBeacon(role) ?? -1) >= since)
      .map(({ role }) => role);
  };

  const tick = (): void => {
    if (network === null) return;
    const { epoch, slot_index } = network;
    const done = slot_index + 1;
    const bar = "█".repeat(done) + "░".repeat(Math.max(0, genesis.slots_per_epoch - done));
    const present = heard();
    const dots = troupe.actors.map(({ role }) => (present.includes(role) ? "●" : "○")).join("");
    stage.live(`epoch ${epoch} ${bar} slot ${done}/${genesis.slots_per_epoch}  heard ${dots}`);
  };

  const tellSlot = async (next: Network): Promise<void> => {
    network = next;
    const present = heard();
    const quiet = next.slot_index % QUIET_SLOTS !== 0 || stage.isLive;
    stage.say(
      "slot",
      { slot: next.slot, epoch: next.epoch, slot_index: next.slot_index, heard: present },
      quiet
        ? null
        : `epoch ${next.epoch}, slot ${next.slot_index + 1} of ${genesis.slots_per_epoch}: ${present.length} nodes heard`,
    );
    await troupe.onSlot(next.slot_index);
  };

  const tellEpoch = async (epoch: Epoch): Promise<void> => {
    if (epoch.state === "open") {
      stage.say("epoch", { epoch: epoch.epoch, state: "open" }, `epoch ${epoch.epoch} begins`);
      return;
    }
    if (epoch.state === "closing") {
      stage.say(
        "epoch",
        { epoch: epoch.epoch, state: "closing" },
        `epoch ${epoch.epoch} is over: settlement after the second slot of the next one`,
      );
      return;
    }
    stage.say(
      "epoch",
      {
        epoch: epoch.epoch,
        state: "closed",
        total_usdt: epoch.total_usdt,
        budget_usdt: epoch.budget_usdt,
        root: epoch.root,
      },
      `epoch ${epoch.epoch} is closed: ${usdt(epoch.total_usdt)} of ${usdt(epoch.budget_usdt)} USDT go to ${epoch.count ?? 0} nodes`,
      "bold",
    );
    await tellRewards(epoch.epoch);
    await troupe.onEpochClosed();
  };

  const tellRewards = async (epoch: number): Promise<void> => {
    const { items } = await client.call("listEpochResults", {
      params: { epoch },
      query: { limit: 100 },
    });
    for (const actor of troupe.actors) {
      const result = items.find(({ node_id }) => node_id === actor.nodeId);
      if (result === undefined) continue;
      const { present, eligible, score, reward_usdt } = result;
      stage.say(
        "reward",
        { epoch, agent: actor.role, present, eligible, score, reward_usdt },
        null,
      );
      stage.detail(
        `${actor.role.padEnd(9)} ${String(present).padStart(2)} of ${String(eligible).padStart(2)} slots  score ${(score / 100).toFixed(2).padStart(6)}  +${usdt(reward_usdt).padStart(9)} USDT`,
      );
    }
  };

  const tellPayout = (payout: Payout): void => {
    const { payout_id, state, owner_id, net_usdt, fee_usdt, txid, why } = payout;
    const to = troupe.actors.find((actor) => actor.ownerId === owner_id)?.role ?? owner_id;
    const reason = explained.has(state) ? null : (payoutReasons[state] ?? why);
    explained.add(state);
    const mark = state === "confirmed" ? "✓ " : "";
    stage.say(
      "payout",
      { payout_id, state, owner_id, net_usdt, fee_usdt, txid, why },
      `${mark}payout to ${to.padEnd(8)} ${usdt(net_usdt).padStart(9)} USDT  ${state}`,
      state === "confirmed" ? "green" : undefined,
    );
    if (reason !== null) stage.detail(stage.output.paint("dim", reason));
    if (state === "confirmed" && txid !== null) stage.detail(`txid ${txid}`);
  };

  return {
    tick,
    async tell(change) {
      if (change.kind === "slot") await tellSlot(change.network);
      else if (change.kind === "epoch") await tellEpoch(change.epoch);
      else tellPayout(change.payout);
      tick();
    },
  };
};

/** Two of the six places are enough to follow; the summary shows all. */
const usdt = (amount: string | null): string => (amount === null ? "unknown" : amount.slice(0, -4));
