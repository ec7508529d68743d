import type { Clock } from "@lucid/platform/clock";
import type { Connection } from "@lucid/platform/http";
import {
  type BeaconVerdict,
  epochOf,
  MAX_UNSIGNED_GAP,
  slotIndex,
  standingAt,
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

type Incoming = {
  readonly node: RegisteredNode;
  readonly message: BeaconMessage;
  readonly connection: Connection;
};

export type ReceiverDeps = {
  readonly registry: Registry;
  readonly network: Network;
  readonly clock: Clock;
  readonly epochs: EpochsInMemory;
  readonly index: NodeIndex;
  readonly segments: Segments;
  readonly recents: Recents;
  readonly budget: Budget;
  /** The batch that holds a beacon of a node and is not durable yet, by ordinal. */
  readonly inFlight: (Batch | undefined)[];
  /** Looks for a commitment that another replica took; null where there is none. */
  readonly recall: ((node: RegisteredNode, epoch: number) => Promise<void>) | null;
  /** Counts what was answered. */
  readonly count: (verdict: BeaconVerdict) => void;
};

export type Receiver = (message: BeaconMessage, connection: Connection) => Promise<BeaconAnswer>;

/** Judges beacons against memory and answers `accepted` once the store has them. */
export const createReceiver = (deps: ReceiverDeps): Receiver => {
  const { registry, network, clock, epochs, index, segments, recents, budget, inFlight } = deps;
  const { genesis, networkId } = network;

  const isGapProven = ({ node, message, connection }: Incoming): boolean | "limited" => {
    const { node_id, slot, reveal, signature } = message;
    if (signature === undefined) return false;
    if (!budget.mayCheckSignature(connection)) return "limited";
    const signed = { node_id, slot, reveal };
    const proven = verifyObject("beacon", networkId, signed, signature, node.publicKey);
    if (proven) budget.proved(connection);
    else budget.signatureFailed(connection);
    return proven;
  };

  /** Judges the reveal where it would be stored; `accepted` has to be followed by `take` at once. */
  const judgeReveal = (
    { node, message, connection }: Incoming,
    state: EpochState,
    closed: boolean,
  ): BeaconVerdict => {
    const at = slotIndex(genesis, message.slot);
    const gap = at + 1 - state.k(node.ordinal);
    if (closed && gap > 0) return "late";
    const gapProven = gap > MAX_UNSIGNED_GAP && isGapProven({ node, message, connection });
    if (gapProven === "limited") return "limited";
    const reveal = segments.draft(message.slot, message.reveal);
    const { verdict } = state.judge(node.ordinal, { index: at, reveal, gapProven, stale: closed });
    if (verdict === "wrong_reveal") budget.failed(connection);
    return verdict;
  };

  const judge = (incoming: Incoming): BeaconVerdict => {
    const { node, message } = incoming;
    const phase = slotPhase(genesis, message.slot, clock.now());
    if (phase === "early") return "early";
    const closed = phase === "closed";
    if (!closed && standingAt(node.changes, message.slot) !== "active") return "not_active";
    const state = epochs.get(epochOf(genesis, message.slot));
    if (state === null || !state.isCommitted(node.ordinal))
      return closed ? "late" : "no_commitment";
    return judgeReveal(incoming, state, closed);
  };

  /** A commitment that was given to another replica a moment ago may not be in memory yet. */
  const knowCommitment = async (
    recall: NonNullable<ReceiverDeps["recall"]>,
    node: RegisteredNode,
    slot: number,
  ): Promise<void> => {
    if (slotPhase(genesis, slot, clock.now()) !== "open") return;
    const epoch = epochOf(genesis, slot);
    if (epochs.get(epoch)?.isCommitted(node.ordinal) !== true) await recall(node, epoch);
  };

  const take = ({ ordinal }: RegisteredNode, slot: number): Batch => {
    const batch = segments.take(slot, ordinal, index.body(ordinal));
    inFlight[ordinal] = batch;
    return batch;
  };

  const refuse = (verdict: BeaconVerdict): BeaconAnswer => {
    deps.count(verdict);
    return { verdict, otherBoot: false };
  };
  const answer = ({ node, message }: Incoming, verdict: BeaconVerdict): BeaconAnswer => {
    if (verdict !== "accepted" && verdict !== "duplicate") return refuse(verdict);
    deps.count(verdict);
    if (verdict === "accepted")
      recents.heard(node.ordinal, message.slot, clock.now(), message.agent_version);
    return { verdict, otherBoot: recents.isOtherBoot(node.ordinal, message.boot_id) };
  };

  return async (message, connection) => {
    if (budget.isSpent(connection)) return refuse("limited");
    const node = registry.node(message.node_id) ?? (await registry.find(message.node_id));
    if (node === null) {
      budget.failed(connection);
      return refuse("unknown_node");
    }
    const incoming = { node, message, connection };
    if (deps.recall !== null) await knowCommitment(deps.recall, node, message.slot);
    // One beacon of a node at a time: what is not durable yet must not be judged upon.
    for (let batch = inFlight[node.ordinal]; batch !== undefined; batch = inFlight[node.ordinal])
      await batch.outcome;
    const verdict = judge(incoming);
    if (verdict !== "accepted") return answer(incoming, verdict);
    const outcome = await take(node, message.slot).outcome;
    if (outcome === "failed")
      throw new Fault("store.refused", "the store did not take the beacon; send it again");
    return answer(incoming, outcome === "done" ? "accepted" : "late");
  };
};
