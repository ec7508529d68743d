import type { Clock } from "@lucid/platform/clock";
import type { Collection } from "@lucid/platform/documents";
import type { Connection } from "@lucid/platform/http";
import {
  beaconSalt,
  commitmentWindow,
  epochOf,
  fromHex,
  slotAt,
  verifyObject,
} from "@lucid/protocol";
import type { RegisteredNode, Registry } from "../registry/index.ts";
import type { Network } from "../shared/network.ts";
import { toIso } from "../shared/view.ts";
import { insertOrFind } from "../shared/written.ts";
import type { Budget } from "./budget.ts";
import type { CommitmentMessage, CommitVerdict } from "./contract.ts";
import { type CommitmentDocument, messageToCommitment } from "./documents.ts";
import type { EpochsInMemory } from "./epochs-in-memory.ts";
import type { NodeIndex } from "./node-index.ts";

export type CommitterDeps = {
  readonly registry: Registry;
  readonly network: Network;
  readonly clock: Clock;
  readonly epochs: EpochsInMemory;
  readonly budget: Budget;
  readonly commitments: Collection<CommitmentDocument>;
  readonly equivocations: Collection<CommitmentDocument>;
  readonly remember: (node: RegisteredNode, commitment: { epoch: number; anchor: string }) => void;
};

export type Committer = (
  message: CommitmentMessage,
  connection: Connection,
) => Promise<CommitVerdict>;

type Refused = Extract<CommitVerdict, { outcome: "refused" }>;

const refuse = (code: Refused["code"], detail: string): Refused => ({
  outcome: "refused",
  code,
  detail,
});

/** Stores the first commitment of a node for an epoch, and one that contradicts it as evidence. */
export const createCommitter = (deps: CommitterDeps): Committer => {
  const { registry, network, clock, epochs, budget, commitments, equivocations, remember } = deps;
  const { genesis, networkId } = network;

  const windowRefusal = (epoch: number): Refused | null => {
    const { fromMs, untilMs } = commitmentWindow(genesis, epoch);
    const now = clock.now();
    if (now >= fromMs && now < untilMs) return null;
    return refuse(
      "commitments.window",
      `/epoch: commitments for epoch ${epoch} are accepted from ${toIso(fromMs)} until ${toIso(untilMs)}; here it is ${toIso(now)}`,
    );
  };

  const nodeRefusal = (node: RegisteredNode): Refused | null => {
    const latest = registry.latestChange(node.nodeId)?.standing ?? "pending";
    return latest === "active" ? null : refuse("nodes.not_active", `the node is ${latest}`);
  };

  const signatureRefusal = (
    node: RegisteredNode,
    message: CommitmentMessage,
    connection: Connection,
  ): Refused | null => {
    const { node_id, epoch, anchor, signature } = message;
    if (!budget.mayCheckSignature(connection))
      return refuse("limits.exceeded", "too many signatures failed here just now");
    if (
      verifyObject("commitment", networkId, { node_id, epoch, anchor }, signature, node.publicKey)
    ) {
      budget.proved(connection);
      return null;
    }
    budget.signatureFailed(connection);
    return refuse(
      "commitments.signature",
      "/signature does not hold for node_id, epoch and anchor under this network_id",
    );
  };

  const equivocates = async (document: CommitmentDocument, anchor: string): Promise<Refused> => {
    await insertOrFind(equivocations, document);
    return refuse(
      "commitments.equivocation",
      `/anchor: this node committed to ${anchor} for epoch ${document.epoch} before`,
    );
  };

  const store = async (
    node: RegisteredNode,
    message: CommitmentMessage,
  ): Promise<CommitVerdict> => {
    const document = messageToCommitment(message, clock.now());
    const known = knownAnchor(node, message.epoch);
    if (known !== null) return equivocates(document, known);
    const { inserted, stored } = await insertOrFind(commitments, document);
    remember(node, stored);
    if (inserted) return { outcome: "stored" };
    return stored.anchor === message.anchor
      ? { outcome: "found" }
      : equivocates(document, stored.anchor);
  };

  const knownAnchor = (node: RegisteredNode, epoch: number): string | null => {
    const state = epochs.get(epoch);
    return state?.isCommitted(node.ordinal) ? state.anchor(node.ordinal) : null;
  };

  return async (message, connection) => {
    if (budget.isSpent(connection))
      return refuse("limits.exceeded", "too many checks failed on this connection: open another");
    if (message.network_id !== undefined && message.network_id !== networkId)
      return refuse("network.wrong", `/network_id: this network is ${networkId}`);
    const node = await registry.find(message.node_id);
    if (node === null) {
      budget.failed(connection);
      return refuse("nodes.unknown", `no node has the id ${message.node_id}`);
    }
    const refusal = windowRefusal(message.epoch) ?? nodeRefusal(node);
    if (refusal !== null) return refusal;
    if (knownAnchor(node, message.epoch) === message.anchor) return { outcome: "found" };
    return signatureRefusal(node, message, connection) ?? store(node, message);
  };
};

/** Puts a stored commitment into memory, with the salt that every beacon of the epoch needs. */
export const createRemember =
  ({
    network,
    clock,
    epochs,
    index,
  }: Pick<CommitterDeps, "network" | "clock" | "epochs"> & { readonly index: NodeIndex }) =>
  (node: RegisteredNode, { epoch, anchor }: { epoch: number; anchor: string }): void => {
    const open = epochOf(network.genesis, slotAt(network.genesis, clock.now()));
    index.add(node);
    const salt = beaconSalt(network.networkId, node.publicKey, epoch);
    epochs.ensure(epoch, open).commit(node.ordinal, fromHex(anchor, 32), salt);
  };
