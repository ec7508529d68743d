import type { Clock } from "@lucid/platform/clock";
import type { Connection } from "@lucid/platform/http";
import {
  type BeaconVerdict,
  epochOf,
  MAX_UNSIGNED_GAP,
  slotIndex,
  verifyObject,
} from "@lucid/protocol";
import type { RegisteredNode, Registry } from "../registry/index.ts";
import { Fault } from "../shared/fault.ts";
import type { Network } from "../shared/network.ts";
import type { Budget } from "./budget.ts";
import type { BeaconAnswer, BeaconMessage } from "./contract.ts";
import type { EpochState } from "./epoch-state.ts";
import type { EpochsInMemory } from "./epochs-in-memory.ts";
import type { NodeIndex } from "./node-index.ts";
import type { Recents } from "./recents.ts";
import { slotPhase } from "./rules.ts";
import type { Batch, Segments } from "./segments.ts";

export type ReceiverDeps = {
  readonly registry: Registry;
  readonly network: Network;
  readonly clock: Clock;
  readonly epochs: EpochsInMemory;
  readonly index: NodeIndex;
  readonly segments: Segments;
  readonly recents: Recents;
  readonly budget: Budget;
  /** Batches that hold a beacon of a node and are not durable yet, by ordinal. */
  readonly inFlight: Map<number, Batch>;
};

export type Receiver = (message: BeaconMessage, connection: Connection) => Promise<BeaconAnswer>;

type Judged =
  | { readonly verdict: Exclude<BeaconVerdict, "accepted"> }
  /** It waits for the store: our own beacon (`ours`), or an earlier one of this node after which we judge again. */
  | { readonly verdict: null; readonly batch: Batch; readonly ours: boolean };

/** Judges beacons against memory and answers `accepted` once the store has them. */
export const createReceiver = (deps: ReceiverDeps): Receiver => {
  const { registry, network, clock, epochs, index, segments, recents, budget, inFlight } = deps;
  const { genesis, networkId } = network;

  const isGapProven = (
    node: RegisteredNode,
    message: BeaconMessage,
    connection: Connection,
  ): boolean | "limited" => {
    const { node_id, slot, reveal, signature } = message;
    if (signature === undefined) return false;
    if (!budget.mayCheckSignature(connection)) return "limited";
    const signed = { node_id, slot, reveal };
    const proven = verifyObject("beacon", networkId, signed, signature, node.publicKey);
    if (proven) budget.proved(connection);
    else budget.signatureFailed(connection);
    return proven;
  };

  const judgeReveal = (
    node: RegisteredNode,
    state: EpochState,
    message: BeaconMessage,
    connection: Connection,
    closed: boolean,
  ): Judged => {
    const { slot } = message;
    const at = slotIndex(genesis, slot);
    const gap = at + 1 - state.k(node.ordinal);
    if (closed && gap > 0) return { verdict: "late" };
    const gapProven = gap > MAX_UNSIGNED_GAP && isGapProven(node, message, connection);
    if (gapProven === "limited") return { verdict: "limited" };
    const reveal = segments.draft(slot, message.reveal);
    const { verdict } = state.judge(node.ordinal, { index: at, reveal, gapProven, stale: closed });
    if (verdict === "wrong_reveal") budget.failed(connection);
    if (verdict !== "accepted") return { verdict };
    const batch = segments.take(slot, node.ordinal, index.body(node.ordinal));
    inFlight.set(node.ordinal, batch);
    return { verdict: null, batch, ours: true };
  };

  const judge = (message: BeaconMessage, connection: Connection): Judged => {
    if (budget.isSpent(connection)) return { verdict: "limited" };
    const { slot } = message;
    const node = registry.node(message.node_id);
    if (node === null) {
      budget.failed(connection);
      return { verdict: "unknown_node" };
    }
    const phase = slotPhase(genesis, slot, clock.now());
    if (phase === "early") return { verdict: "early" };
    if (phase === "open" && registry.standingAt(node.nodeId, slot) !== "active")
      return { verdict: "not_active" };
    const state = epochs.get(epochOf(genesis, slot));
    if (state === null || !state.isCommitted(node.ordinal))
      return { verdict: phase === "closed" ? "late" : "no_commitment" };
    const waiting = inFlight.get(node.ordinal);
    if (waiting !== undefined) return { verdict: null, batch: waiting, ours: false };
    return judgeReveal(node, state, message, connection, phase === "closed");
  };

  const answer = (message: BeaconMessage, verdict: BeaconVerdict): BeaconAnswer => {
    const heard = verdict === "accepted" || verdict === "duplicate";
    const node = heard ? registry.node(message.node_id) : null;
    if (node === null) return { verdict, otherBoot: false };
    if (verdict === "accepted")
      recents.heard(node.ordinal, message.slot, clock.now(), message.agent_version);
    return { verdict, otherBoot: recents.isOtherBoot(node.ordinal, message.boot_id) };
  };

  return async (message, connection) => {
    for (;;) {
      const judged = judge(message, connection);
      if (judged.verdict !== null) return answer(message, judged.verdict);
      const outcome = await judged.batch.outcome;
      if (!judged.ours) continue;
      if (outcome === "done") return answer(message, "accepted");
      if (outcome === "late") return answer(message, "late");
      throw new Fault("beacons.store", "the store did not take the beacon; send it again");
    }
  };
};
