import {
  bindingKey,
  acceptanceWindow,
  demoPolicy,
  epochOf,
  policyHash,
  policyInForce,
  recordLeaf,
  slotIndex,
  slotStart,
  walletKey,
} from "@lucid/protocol";
import type { Policy } from "@lucid/protocol";
import type { Files } from "../files.ts";
import { testNetwork } from "../network.ts";
import type { TestNetwork } from "../network.ts";
import { logFiles, sealBlocks } from "../write-log.ts";
import type { TestBlock, TestDraft } from "../write-log.ts";
import { createNode, createOwner, enrol } from "./cast.ts";
import type { WorldNode, WorldOwner } from "./cast.ts";
import { createWorldLedger } from "./ledger.ts";
import { createWorldPayouts } from "./payouts.ts";
import type { Lies, WorldPlan, WorldRecord } from "./plan.ts";
import { createPresence, toMaintenance } from "./presence.ts";
import { createSettlement } from "./settlement.ts";

/** A network's whole log, and who is in it. */
export type World = {
  network: TestNetwork;
  nodes: readonly WorldNode[];
  owners: readonly WorldOwner[];
  blocks: readonly TestBlock[];
  files: Files;
};

/** The epoch that every world begins in. */
export const FIRST_EPOCH = 10;

/** Builds the log of a world, sealed and signed with the operator's keys; with lies, consistently around them. */
export const createWorld = (plan: WorldPlan, lies: Lies = {}): World => {
  const network = testNetwork({
    slots_per_epoch: plan.slotsPerEpoch,
    first_slot: FIRST_EPOCH * plan.slotsPerEpoch + plan.lateStart,
    enrol_pow_bits: 2,
    // The smallest there is, so that a block of few records may leave a backlog.
    max_body_bytes: 65_536,
    ...plan.genesis,
  });
  const { networkId } = network;
  const owners = Array.from({ length: plan.owners }, (_, i) => createOwner(networkId, String(i)));
  const nodes = Array.from({ length: plan.nodes }, (_, i) =>
    createNode(network, String(i), owners[i % plan.owners] as WorldOwner),
  );
  const honest = createDrafts({ network, owners, nodes, plan, lies });
  const blocks = sealBlocks(network, lies.drafts?.(honest) ?? honest);
  const files = logFiles(network, blocks);
  lies.files?.(files);
  return { network, nodes, owners, blocks, files };
};

type Stage = {
  network: TestNetwork;
  owners: readonly WorldOwner[];
  nodes: readonly WorldNode[];
  plan: WorldPlan;
  lies: Lies;
};

const createDrafts = (stage: Stage): TestDraft[] => {
  const { network, owners, nodes, plan, lies } = stage;
  const { genesis, networkId } = network;
  const policies = createWorldPolicies(plan, lies);
  const presence = createPresence(stage);
  const settle = createSettlement(stage);
  const ledger = createWorldLedger(lies);
  const pay = createWorldPayouts({ network, owners, ledger, lies });
  let unsettled = FIRST_EPOCH;
  let cut: number | null = null;

  const settlement = (height: number): WorldRecord[] => {
    if (cut === null) return [];
    cut = null;
    const epoch = unsettled++;
    const policy = policies.inForce(epoch);
    const { results, closed } = settle(epoch, policy, presence.of(epoch));
    const at = slotStart(genesis, genesis.first_slot + height) + 100;
    return [
      ...results.map((data) => ({ type: "epoch_result", data }) as const),
      { type: "epoch_closed", data: closed },
      ...ledger.reward(results, { nodes, policy: policy.version, at }),
    ];
  };

  const begin = (): WorldRecord[] => [
    { type: "policy", data: policies.first },
    ...nodes.map((node) => ({ type: "enrolment", data: enrol(network, node) }) as const),
    ...nodes.flatMap(({ nodeId }, i) =>
      i === plan.approval.node ? [] : [standing(nodeId, "demo", "admission")],
    ),
    ...ledger.append(
      [bindingKey(networkId, "00".repeat(32), "token"), walletKey("wallet")].map((key) => ({
        account: "network",
        key,
        amountMicro: 0n,
        contra: [],
        policy: 1,
        // In the slot in which the network was founded.
        at: slotStart(genesis, genesis.first_slot) - 300,
      })),
    ),
  ];

  const events = (height: number): WorldRecord[] => {
    const slot = genesis.first_slot + height;
    const approved = nodes[plan.approval.node]?.nodeId ?? "";
    const excuse = { kind: "deaf", from_slot: slot, to_slot: slot + 1, deaf_ms: 700 } as const;
    return [
      ...(height === 0 ? begin() : []),
      ...(height === plan.announcement ? [{ type: "policy", data: policies.second } as const] : []),
      ...(height === plan.approval.height ? [standing(approved, "approved", "operator")] : []),
      ...(plan.deaf.includes(height) ? [{ type: "excuse", data: excuse } as const] : []),
      ...plan.seats
        .filter((seat) => seat.height === height)
        .map(({ node, pool, seat, consent }) => {
          const taken = consent && { node_id: nodes[node]?.nodeId ?? "", consent };
          return { type: "seat", data: { pool_id: pool, seat, ...taken } } as const;
        }),
      ...plan.maintenance
        .filter((span) => span.height === height)
        .map((span) => {
          const data = toMaintenance(network, nodes[span.node] as WorldNode, span);
          return { type: "maintenance", data } as const;
        }),
    ];
  };

  const draft = (height: number): TestDraft => {
    const slot = genesis.first_slot + height;
    const epoch = epochOf(genesis, slot);
    const policy = policies.inForce(epoch);
    const { leaves, records } = presence.slot(height);
    const honest = [...events(height), ...records, ...settlement(height), ...pay(height, policy)];
    const sealed = lies.records?.(height, honest) ?? honest;
    const backlog = plan.backlog.includes(height) ? 1 : 0;
    const settlesAt = lies.settlesAt ?? 1;
    if (epoch > unsettled && slotIndex(genesis, slot) >= settlesAt && backlog === 0) cut = height;
    return {
      leaves: [...leaves, ...sealed.map(({ type, data }) => recordLeaf(type, data))],
      backlog,
      observed: !plan.unobserved.includes(height),
      policy_hash: policyHash(policy),
      sealed_at: sealedAt(network, plan, height),
    };
  };

  return Array.from({ length: plan.blocks }, (_, height) => draft(height));
};

const standing = (node_id: string, reason: string, by: "admission" | "operator"): WorldRecord => ({
  type: "standing",
  data: { node_id, standing: "active", reason, by },
});

const createWorldPolicies = (plan: WorldPlan, { policyInForce: lie }: Lies) => {
  const policyOf = (version: number, fromEpoch: number, epochBudgetMicro: bigint): Policy => {
    const policy = demoPolicy({ version, fromEpoch, epochBudgetMicro });
    return { ...policy, payout: { ...policy.payout, ...plan.payout } };
  };
  const first = policyOf(1, FIRST_EPOCH, plan.budgetMicro);
  const second = policyOf(2, FIRST_EPOCH + 2, 2n * plan.budgetMicro);
  const sealed = [first, second].map((policy, sealed_order) => ({ policy, sealed_order }));
  return {
    first,
    second,
    inForce: (epoch: number): Policy => {
      const honest = policyInForce(sealed, epoch);
      return lie?.(epoch, honest, [first, second]) ?? honest;
    },
  };
};

/** A late block comes three slots after its time, and those after it do not go before it. */
const sealedAt = ({ genesis }: TestNetwork, { late }: WorldPlan, height: number): number => {
  const waited = late.filter((at) => at <= height).map((at) => at + 3);
  return acceptanceWindow(genesis, genesis.first_slot + Math.max(height, ...waited)).untilMs;
};
