import type { ChainPort, Reading } from "../port.ts";
import { ask, known, unknown } from "./ask.ts";
import type { HttpProvider, Providers } from "./provider.ts";
import { simulationReply } from "./replies.ts";
import { addressWord, hexAddress } from "./transfers.ts";

type Call = { owner: string; selector: string; parameter?: string };
type Simulation = { energy: bigint | null; results: string[] };

/** What the token contract says, by simulation on a node: nothing is sent and nothing is paid. */
export function createTokenReads({ full, solidity }: Providers, token: string) {
  const flag = (wallet: string, selector: string, parameter = "") =>
    readWord(full, "wallet", token, { owner: wallet, selector, parameter });

  const blacklisted = (address: string): Promise<Reading<bigint>> =>
    flag(address, "isBlackListed(address)", addressWord(address));

  const tokenState: ChainPort["tokenState"] = async (wallet) => {
    const [paused, deprecated, fee, listed] = await Promise.all([
      flag(wallet, "paused()"),
      flag(wallet, "deprecated()"),
      flag(wallet, "basisPointsRate()"),
      blacklisted(wallet),
    ]);
    if (!paused.ok) return paused;
    if (!deprecated.ok) return deprecated;
    if (!fee.ok) return fee;
    if (!listed.ok) return listed;
    return known({
      paused: paused.value !== 0n,
      deprecated: deprecated.value !== 0n,
      feeBasisPoints: Number(fee.value),
      walletBlacklisted: listed.value !== 0n,
    });
  };

  const estimateEnergy: ChainPort["estimateEnergy"] = async (from, to, amountMicro) => {
    const parameter = addressWord(to) + amountMicro.toString(16).padStart(64, "0");
    const call = { owner: from, selector: "transfer(address,uint256)", parameter };
    const simulation = await simulate(full, "wallet", token, call);
    if (!simulation.ok) return simulation;
    const { energy } = simulation.value;
    return energy === null ? unknown("the simulation reports no energy_used") : known({ energy });
  };

  return {
    tokenState,
    blacklisted,
    estimateEnergy,
    /** Solidified token balance in micro-USDT. */
    balance: (address: string): Promise<Reading<bigint>> =>
      readWord(solidity, "walletsolidity", token, {
        owner: address,
        selector: "balanceOf(address)",
        parameter: addressWord(address),
      }),
  };
}

async function readWord(
  provider: HttpProvider,
  side: string,
  token: string,
  call: Call,
): Promise<Reading<bigint>> {
  const simulation = await simulate(provider, side, token, call);
  if (!simulation.ok) return simulation;
  const [word, ...more] = simulation.value.results;
  if (word?.length !== 64 || more.length > 0)
    return unknown(`${call.selector}: the node returned no single word`);
  return known(BigInt(`0x${word}`));
}

async function simulate(
  provider: HttpProvider,
  side: string,
  token: string,
  call: Call,
): Promise<Reading<Simulation>> {
  const payload = {
    owner_address: hexAddress(call.owner),
    contract_address: hexAddress(token),
    function_selector: call.selector,
    parameter: call.parameter ?? "",
  };
  const answer = await ask(provider, {
    path: `${side}/triggerconstantcontract`,
    payload,
    reply: simulationReply,
  });
  if (!answer.ok) return answer;
  const { result, energy_used: energy, constant_result: results } = answer.value;
  if (result.message !== undefined)
    return unknown(`${call.selector}: ${hexToText(result.message)}`);
  return known({ energy: energy === undefined ? null : BigInt(energy), results });
}

/** java-tron hex-encodes its messages on most paths and writes plain text on others. */
export function hexToText(message: string): string {
  return /^([0-9a-fA-F]{2})+$/.test(message)
    ? Buffer.from(message, "hex").toString("utf8")
    : message;
}
