import type { Client } from "@lucid/api/client";
import { acceptanceWindow, slotAt, type Genesis } from "@lucid/protocol";
import type { Change, Epoch, Network, Result } from "./observer.ts";
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

/** What each state of a payout means; told the first time. */
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

  const tellEpoch = async ({ epoch, state, ...view }: Epoch): Promise<void> => {
    if (state === "open") stage.say("epoch", { epoch, state }, `epoch ${epoch} begins`);
    else if (state === "closing")
      stage.say(
        "epoch",
        { epoch, state },
        `epoch ${epoch} is over; it is settled after the second slot of the next`,
      );
    else {
      const { total_usdt, budget_usdt, root } = view;
      stage.say(
        "epoch",
        { epoch, state, total_usdt, budget_usdt, root },
        `epoch ${epoch} is closed: ${total_usdt ?? "unknown"} of ${budget_usdt} USDT earned`,
        "bold",
      );
      await tellRewards(epoch);
      await troupe.onEpochClosed(epoch);
    }
  };

  const tellRewards = async (epoch: number): Promise<void> => {
    const { items } = await client.call("listEpochResults", {
      params: { epoch },
      query: { limit: 100 },
    });
    for (const { role, nodeId } of troupe.actors) {
      const result = items.find(({ node_id }) => node_id === nodeId);
      if (result === undefined) continue;
      const { present, eligible, score, reward_usdt } = result;
      stage.say("reward", { epoch, agent: role, present, eligible, score, reward_usdt }, null);
      stage.detail(rewardLine(role, result));
    }
  };

  const tellPayout = ({ payout, through }: Extract<Change, { kind: "payout" }>): void => {
    const { payout_id, state, owner_id, net_usdt, fee_usdt, txid } = payout;
    const to = troupe.actors.find((actor) => actor.ownerId === owner_id)?.role ?? owner_id;
    const mark = state === "confirmed" ? "✓ " : "";
    stage.say(
      "payout",
      { payout_id, state, through, agent: to, owner_id, net_usdt, fee_usdt, txid },
      `${mark}payout to ${to}, ${net_usdt} USDT: ${through.join(", ")}`,
      state === "confirmed" ? "green" : undefined,
    );
    for (const passed of through) explain(passed, payout.why);
    if (state === "confirmed" && txid !== null) stage.detail(`txid ${txid}`);
  };

  const explain = (state: string, why: string): void => {
    if (explained.has(state)) return;
    explained.add(state);
    const reason = payoutReasons[state] ?? why;
    stage.detail(stage.output.paint("dim", `${state.padEnd(9)} ${reason}`));
  };

  return {
    tick,
    async tell(change) {
      if (change.kind === "slot") await tellSlot(change.network);
      else if (change.kind === "epoch") await tellEpoch(change.epoch);
      else tellPayout(change);
      tick();
    },
  };
};

const rewardLine = (role: string, { present, eligible, score, reward_usdt }: Result): string => {
  const slots = `${String(present).padStart(2)} of ${String(eligible).padStart(2)} slots`;
  const points = (score / 100).toFixed(2).padStart(6);
  return `${role.padEnd(9)} ${slots}   score ${points}   ${reward_usdt.padStart(11)} USDT`;
};
