import { join } from "node:path";
import {
  assertSignable,
  createLocalSigner,
  createRemoteSigner,
  networkProfile,
  type NetworkProfile,
  type Signer,
} from "@lucid/tron";
import type { NodeManagementConfig } from "./config.ts";
import { readKeyFile } from "@lucid/platform/data-folder";
import type { Payer } from "./payouts/index.ts";
import { Fault } from "./shared/fault.ts";

/**
 * The chain ports and the wallet's key as the settings say; `null` when TRON_NETWORK is `none`.
 * Throws `config.tron`, `config.signer`, `data.key`, or TronError for a key that is not the wallet's.
 */
export const createPayer = async (config: NodeManagementConfig): Promise<Payer | null> => {
  if (config.TRON_NETWORK === "none") return null;
  const profile = readProfile(config);
  const signer = createSigner(config, profile);
  const { createChain } = await import("@lucid/tron/tronweb");
  const [first, ...others] = profile.endpoints.map((endpoint) => createChain(profile, endpoint));
  if (first === undefined)
    throw new Fault("config.tron", "TRON_ENDPOINTS: name at least one node of the chain");
  return {
    genesisBlockId: profile.genesisBlockId,
    chains: [first, ...others],
    signer,
    explorer: profile.explorer,
  };
};

/** The key in this process, or the signer that holds it. */
const createSigner = (config: NodeManagementConfig, profile: NetworkProfile): Signer => {
  const { NODE_ADDRESS: address, SIGNER_SOCKET: socketPath, TREASURY_KEY_FILE: keyFile } = config;
  if (socketPath === undefined) {
    const path = keyFile ?? join(config.LUCID_DATA_PATH, "keys", "treasury.key");
    return createLocalSigner({
      privateKeyHex: readKeyFile(path),
      profile,
      ...(address !== undefined && { expectedAddress: address }),
    });
  }
  if (keyFile !== undefined)
    throw new Fault(
      "config.signer",
      "SIGNER_SOCKET and TREASURY_KEY_FILE are both set: only one process may hold the key, remove one of them",
    );
  if (address === undefined)
    throw new Fault("config.signer", "SIGNER_SOCKET needs NODE_ADDRESS, the signer's wallet");
  assertSignable(profile);
  return createRemoteSigner({ socketPath, address });
};

const readProfile = (config: NodeManagementConfig): NetworkProfile => {
  const { TRON_NETWORK, TRON_ENDPOINTS, TRON_API_KEY, TRON_TOKEN, TRON_GENESIS_BLOCK } = config;
  const history = config.TRON_HISTORY?.replace(/\/+$/, "");
  const isLocal = TRON_NETWORK === "local";
  if (isLocal && (TRON_TOKEN === undefined || TRON_GENESIS_BLOCK === undefined))
    throw new Fault("config.tron", "TRON_NETWORK local needs TRON_TOKEN and TRON_GENESIS_BLOCK");
  if (isLocal && TRON_ENDPOINTS.length === 0)
    throw new Fault("config.tron", "TRON_NETWORK local needs TRON_ENDPOINTS");
  if (!isLocal && (TRON_TOKEN !== undefined || TRON_GENESIS_BLOCK !== undefined))
    throw new Fault(
      "config.tron",
      `TRON_TOKEN and TRON_GENESIS_BLOCK are for local; ${TRON_NETWORK} has its own: remove them`,
    );
  const endpoints = TRON_ENDPOINTS.map((url) => url.replace(/\/+$/, "")).map((url, index) => ({
    full: url,
    solidity: url,
    jsonrpc: `${url}/jsonrpc`,
    ...(history !== undefined && index === 0 && { history }),
    ...(TRON_API_KEY !== undefined && { apiKey: TRON_API_KEY }),
  }));
  return networkProfile(TRON_NETWORK, {
    ...(endpoints.length > 0 && { endpoints }),
    ...(TRON_TOKEN !== undefined && { token: TRON_TOKEN }),
    ...(TRON_GENESIS_BLOCK !== undefined && { genesisBlockId: TRON_GENESIS_BLOCK }),
  });
};
