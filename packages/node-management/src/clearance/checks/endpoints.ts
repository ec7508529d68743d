import { type Finding, failed, fine, unknown } from "@lucid/platform/checks";
import type { ChainPort } from "@lucid/tron";
import type { ClearanceContext } from "../contract.ts";

const fix = "name two nodes of different operators in TRON_ENDPOINTS";

/** Whether the endpoints that are set are two operators' at least. */
export const judgeHosts = ({ setup }: Pick<ClearanceContext, "setup">): Finding => {
  const hosts = [...new Set(setup.hosts)];
  if (hosts.length > 1) return fine(hosts.join(", "));
  return failed(`every endpoint is on one host: ${hosts.join(", ") || "none"}`, fix);
};

/** Whether they answer for this chain and show the same block. */
export const checkEndpoints = async (context: ClearanceContext): Promise<Finding> => {
  const hosts = judgeHosts(context);
  if (hosts.state !== "ok") return hosts;
  const { chains, setup, genesisBlockId } = context;
  for (const [index, chain] of chains.entries()) {
    const genesis = await chain.genesisBlockId();
    if (!genesis.ok)
      return unknown(`${setup.hosts[index]} does not answer: ${genesis.reason}`, fix);
    if (genesis.value !== genesisBlockId)
      return failed(`${setup.hosts[index]} serves another chain: ${genesis.value}`, fix);
  }
  return compareBlocks(chains, setup.hosts);
};

const compareBlocks = async (
  chains: readonly ChainPort[],
  hosts: readonly string[],
): Promise<Finding> => {
  const heads = await Promise.all(chains.map((chain) => chain.solidHead()));
  const numbers: number[] = [];
  for (const [index, head] of heads.entries()) {
    if (!head.ok) return unknown(`${hosts[index]} shows no solidified block: ${head.reason}`, fix);
    numbers.push(head.value.number);
  }
  const number = Math.min(...numbers);
  const ids = new Set<string>();
  for (const [index, chain] of chains.entries()) {
    const blocks = await chain.solidBlocks(number, number + 1);
    if (!blocks.ok)
      return unknown(`${hosts[index]} does not show block ${number}: ${blocks.reason}`, fix);
    ids.add(blocks.value[0]?.id ?? "");
  }
  if (ids.size === 1) return fine(`${hosts.join(" and ")} agree on block ${number}`);
  return failed(`the endpoints show different blocks ${number}: ${[...ids].join(", ")}`, fix);
};
