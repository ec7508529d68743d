import type { Client } from "@lucid/api/client";
import { networkId, parseGenesis, type Genesis } from "@lucid/protocol";
import { exitCode, Failure, NOT_LUCID } from "../program/index.ts";

export type FoundNetwork = {
  readonly genesis: Genesis;
  readonly networkId: string;
  readonly headerHash: string;
  /** The rule in force: `approval`, `automatic` or `demo`. */
  readonly admission: string;
  /** Positive: this machine's clock is ahead. */
  readonly skewMs: number;
};

/**
 * What the service says about its network, with the network id recomputed from the genesis.
 * @param expected the network id that this node is bound to, if any
 */
export const findNetwork = async (
  client: Client,
  now: () => number,
  expected: string | null,
): Promise<FoundNetwork> => {
  const sentAtMs = now();
  const view = await client.call("getNetwork");
  const midwayMs = (sentAtMs + now()) / 2;
  const genesis = readGenesis(view.genesis);
  const id = networkId(genesis);
  if (id !== view.network_id)
    throw new Failure("network.forged", "the service's network id is not the hash of its genesis", {
      fix: "Do not enrol here; ask the network's people for the right address",
      exit: exitCode.wrongNetwork,
    });
  if (expected !== null && id !== expected)
    throw new Failure("network.wrong", `the service is of the network ${id}, not of ${expected}`, {
      fix: "Use the address of that network's service, or another --data folder for a node of this network",
      exit: exitCode.wrongNetwork,
    });
  return {
    genesis,
    networkId: id,
    headerHash: view.header_hash,
    admission: String(view.policy["admission"]),
    skewMs: midwayMs - Date.parse(view.server_time),
  };
};

const readGenesis = (value: unknown): Genesis => {
  try {
    return parseGenesis(value);
  } catch (cause) {
    throw new Failure("network.no_genesis", "what answers shows no genesis of a network", {
      fix: NOT_LUCID,
      exit: exitCode.refused,
      cause,
    });
  }
};
