import { PARAMETERS } from "./parameters.ts";
import { energyCap, payBandwidth, payEnergy } from "./resources.ts";
import { createWorld } from "./state.ts";
import type { World } from "./state.ts";
import { callToken } from "./token.ts";
import type { Log, Outcome, Token } from "./token.ts";
import type { Call, Transaction } from "./transaction.ts";

/** What a block records about one transaction. */
export type Execution = {
  result: "SUCCESS" | "REVERT" | "OUT_OF_ENERGY";
  feeSun: bigint;
  energyUsage: number;
  energyFeeSun: bigint;
  energyTotal: number;
  bandwidthUsage: number;
  bandwidthFeeSun: bigint;
  output: string;
  logs: Log[];
};

/** `failure` is how the call ends whatever it does. */
export type Circumstances = {
  nowMs: number;
  token: Token;
  failure: "REVERT" | "OUT_OF_ENERGY" | null;
};

export function bandwidthOf(transaction: Transaction): number {
  return transaction.bytes.length + PARAMETERS.resultBytes;
}

/**
 * Runs one call in the world and charges its owner. null when there is not even TRX for the bandwidth, in which case a
 * transaction enters no block. Failed calls are charged too, and change nothing else.
 */
export function execute(
  world: World,
  transaction: Transaction,
  call: Call,
  circumstances: Circumstances,
): Execution | null {
  const { nowMs } = circumstances;
  const bandwidth = payBandwidth(world.accountOrNew(call.owner), bandwidthOf(transaction), nowMs);
  if (bandwidth === null) return null;
  world.setAccount(call.owner, bandwidth.account);
  const cap = energyCap(bandwidth.account, transaction.feeLimitSun, nowMs);
  const { result, outcome } = run(world, call, { ...circumstances, cap });
  const energyTotal = result === "OUT_OF_ENERGY" ? cap : outcome.energy;
  const energy = payEnergy(world.accountOrNew(call.owner), energyTotal, nowMs);
  world.setAccount(call.owner, energy.account);
  return {
    result,
    feeSun: bandwidth.feeSun + energy.feeSun,
    energyUsage: energy.usage,
    energyFeeSun: energy.feeSun,
    energyTotal,
    bandwidthUsage: bandwidth.usage,
    bandwidthFeeSun: bandwidth.feeSun,
    output: result === "SUCCESS" ? outcome.output : "",
    logs: result === "SUCCESS" ? outcome.logs : [],
  };
}

type Run = { result: Execution["result"]; outcome: Outcome };

function run(
  world: World,
  call: Call,
  { token, failure, cap }: Circumstances & { cap: number },
): Run {
  const fork = createWorld(world);
  const outcome = callToken(fork, { caller: call.owner, data: call.data }, token);
  if (outcome.energy > cap || failure === "OUT_OF_ENERGY")
    return { result: "OUT_OF_ENERGY", outcome };
  if (outcome.reverted || failure === "REVERT") return { result: "REVERT", outcome };
  world.adopt(fork);
  return { result: "SUCCESS", outcome };
}
