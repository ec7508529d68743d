import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  defaultPolicy,
  demoPolicy,
  epochOf,
  networkId,
  parseGenesis,
  parsePolicy,
  slotAt,
} from "@lucid/protocol";

/** The slots of a demo, in epochs that are a little shorter. */
const quick = {
  slot_ms: 2000,
  slots_per_epoch: 12,
  grace_ms: 400,
  leader_window_ms: 300,
  enrol_pow_bits: 8,
};

/**
 * Gives a network that `lucid init` has just made such a clock, and leaves everything else: its guides speak of
 * slots of two minutes and epochs of a day, which no test can wait for.
 */
export const quicken = (folder: string): void => {
  const at = (name: string): string => join(folder, name);
  const read = (name: string): unknown => JSON.parse(readFileSync(at(name), "utf8")) as unknown;
  const made = parseGenesis(read("network.json"));
  if (made.slot_ms === quick.slot_ms) return;
  const timed = parseGenesis({ ...made, ...quick });
  const genesis = { ...timed, first_slot: slotAt(timed, Date.now()) + 1 };
  const rules = parsePolicy(read("policy.json"));
  const chosen = {
    fromEpoch: epochOf(genesis, genesis.first_slot),
    epochBudgetMicro: BigInt(rules.epoch_budget_micro),
  };
  const { payout, max_reward_per_node_micro } = demoPolicy(chosen);
  const policy = { ...defaultPolicy(chosen), payout, max_reward_per_node_micro };
  const settings = readFileSync(at("signer/signer.yaml"), "utf8");
  writeFileSync(at("network.json"), JSON.stringify(genesis));
  writeFileSync(at("policy.json"), JSON.stringify(policy));
  writeFileSync(at("signer/signer.yaml"), settings.replace(networkId(made), networkId(genesis)));
};
