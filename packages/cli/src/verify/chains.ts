import { exitCode, Failure } from "@lucid/agent";
import { networkProfile, TronError, type ChainPort, type NetworkProfile } from "@lucid/tron";

/** Where an auditor looks transfers up: endpoints of its own choice, of a public network or a local chain. */
export type ChainOptions = {
  readonly tron?: readonly string[];
  readonly tronNetwork: string;
  readonly tronToken?: string;
};

/** A local chain names itself: whether it is the ledger's is told by the binding in the ledger. */
const ANY_GENESIS = "0".repeat(64);

/** The chain ports of the endpoints; throws Failure for a network that is not known, or a local one without token. */
export const openChains = async (options: ChainOptions): Promise<ChainPort[]> => {
  if (options.tron === undefined) return [];
  if (options.tronNetwork === "local" && options.tronToken === undefined)
    throw new Failure("usage", "a local chain has no token that everybody knows", {
      fix: "Name the token's contract with --tron-token",
      exit: exitCode.usage,
    });
  const profile = readProfile(options);
  const { createChain } = await import("@lucid/tron/tronweb");
  return profile.endpoints.map((endpoint) => createChain(profile, endpoint));
};

const readProfile = ({ tron = [], tronNetwork, tronToken }: ChainOptions): NetworkProfile => {
  const endpoints = tron
    .map((url) => url.replace(/\/+$/, ""))
    .map((url) => ({ full: url, solidity: url, jsonrpc: `${url}/jsonrpc` }));
  try {
    return networkProfile(tronNetwork, {
      endpoints,
      ...(tronNetwork === "local" && { genesisBlockId: ANY_GENESIS }),
      ...(tronToken !== undefined && { token: tronToken }),
    });
  } catch (error) {
    if (!(error instanceof TronError)) throw error;
    throw new Failure(error.code, error.message, {
      fix: "See --tron-network and --tron-token",
      exit: exitCode.usage,
      cause: error,
    });
  }
};
