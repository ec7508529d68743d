import vectors from "../../../../vectors/genesis.json" with { type: "json" };
import { ProtocolError } from "../error.ts";
import type { Problem } from "../fields.ts";
import { networkId, parseGenesis } from "../genesis.ts";
import { parsePolicy, policyHash, policyInForce } from "../policy.ts";
import { outcome } from "./outcome.ts";

type Change = { pointer: string; value?: unknown; code: string; at: string };
type Ruling = (typeof vectors.in_force)[number];

const network = vectors.networks[0]?.genesis;
const policy = vectors.policies[0]?.policy;

export function recomputeGenesis() {
  return {
    networks: vectors.networks.map(({ genesis }) => ({
      genesis,
      network_id: networkId(parseGenesis(genesis)),
    })),
    policies: vectors.policies.map((given) => ({
      ...given,
      policy_hash: policyHash(parsePolicy(given.policy)),
    })),
    refused_genesis: vectors.refused_genesis.map((change) => refuse(parseGenesis, network, change)),
    refused_policies: vectors.refused_policies.map((change) => refuse(parsePolicy, policy, change)),
    in_force: vectors.in_force.map(rule),
  };
}

function refuse(parse: (value: unknown) => unknown, document: unknown, change: Change) {
  try {
    parse(changed(document, change));
    return { ...change, code: null };
  } catch (error) {
    if (!(error instanceof ProtocolError)) throw error;
    const problems = error.details["problems"] as Problem[];
    return { ...change, code: error.code, at: problems[0]?.pointer };
  }
}

function changed(document: unknown, change: Change): unknown {
  const copy = structuredClone(document) as Record<string, unknown>;
  const path = change.pointer.split("/").slice(1);
  const key = path.pop() as string;
  const parent = path.reduce((object, step) => object[step] as Record<string, unknown>, copy);
  if ("value" in change) parent[key] = change.value;
  else delete parent[key];
  return copy;
}

function rule({ policies, in_force }: Ruling) {
  const template = parsePolicy(policy);
  const sealed = policies.map(({ from_epoch, sealed_order }) => ({
    policy: { ...template, from_epoch, version: sealed_order + 1 },
    sealed_order,
  }));
  const answers = in_force.map(({ epoch }) => ({
    epoch,
    ...outcome(() => ({ sealed_order: policyInForce(sealed, epoch).version - 1 })),
  }));
  return { policies, in_force: answers };
}
