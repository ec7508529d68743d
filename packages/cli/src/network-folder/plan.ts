import {
  defaultPolicy,
  demoGenesis,
  demoPolicy,
  epochOf,
  mainnetGenesisTemplate,
  networkId,
  slotAt,
  toHex,
  type Genesis,
  type Policy,
} from "@lucid/protocol";
import { makeKeys, type NetworkKeys } from "./keys.ts";

export type NetworkChoices = {
  readonly name: string;
  /** Fast slots and open admission. */
  readonly demo: boolean;
  readonly admission: "approval" | "demo";
  readonly budgetMicro: bigint;
  /** Where the log will be served; part of its name for ever. */
  readonly host: string;
  /** Public keys made elsewhere, or how many to make here. */
  readonly roots: { readonly publicKeys: readonly string[] } | { readonly count: number };
  readonly rootThreshold: number;
};

export type NetworkPlan = {
  readonly genesis: Genesis;
  readonly networkId: string;
  readonly policy: Policy;
  readonly keys: NetworkKeys;
};

export type PlanDeps = { readonly nowMs: number; readonly random: (bytes: number) => Uint8Array };

/** A new network: its keys, genesis and first policy. Throws ProtocolError for choices that genesis or policy refuse. */
export const planNetwork = ({ nowMs, random }: PlanDeps, choices: NetworkChoices): NetworkPlan => {
  const keys = makeKeys(random, "count" in choices.roots ? choices.roots.count : 0);
  const rootKeys =
    "count" in choices.roots ? keys.roots.map(publicKey) : [...choices.roots.publicKeys];
  const make = choices.demo ? demoGenesis : mainnetGenesisTemplate;
  const template = make({
    name: choices.name,
    first_slot: 0,
    root_keys: rootKeys.toSorted(),
    root_threshold: choices.rootThreshold,
    network_key: publicKey(keys.network),
    log_key: publicKey(keys.log),
    log_origin: `${choices.host}/${toHex(random(8))}`,
  });
  const genesis = { ...template, first_slot: slotAt(template, nowMs) + 1 };
  return { genesis, networkId: networkId(genesis), policy: firstPolicy(genesis, choices), keys };
};

const publicKey = ({ file, shows }: NetworkKeys["network"]): string => {
  if (shows === null) throw new Error(`${file} has no public key`);
  return shows;
};

const firstPolicy = (
  genesis: Genesis,
  { demo, admission, budgetMicro }: NetworkChoices,
): Policy => {
  const chosen = { fromEpoch: epochOf(genesis, genesis.first_slot), epochBudgetMicro: budgetMicro };
  return demo ? withoutDailyCaps(demoPolicy(chosen)) : defaultPolicy({ ...chosen, admission });
};

/** A demo lives through days in minutes: the caps of a real day would stop its pay after five of them. */
const withoutDailyCaps = (policy: Policy): Policy => ({
  ...policy,
  payout: {
    ...policy.payout,
    hour_cap_micro: "100000000000000",
    day_cap_micro: "100000000000000",
    day_count: 1_000_000,
    owner_day_count: 100_000,
  },
});
