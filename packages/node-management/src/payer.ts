import { join } from "node:path";
import {
  assertSignable,
  createLocalSigner,
  createRemoteSigner,
  type NetworkProfile,
  settingsToProfile,
  type Signer,
} from "@lucid/tron";
import type { NodeManagementConfig } from "./config.ts";
import { readKeyFile } from "@lucid/platform/data-folder";
import type { Payer } from "./payouts/index.ts";
import { readPayerSetup } from "./payer-setup.ts";
import { Fault } from "./shared/fault.ts";

/**
 * The chain ports and the wallet's key as the settings say; `null` when TRON_NETWORK is `none`.
 * Throws `config.tron`, `config.signer`, `data.key`, or TronError for settings that contradict each other or the key.
 */
export const createPayer = async (config: NodeManagementConfig): Promise<Payer | null> => {
  if (config.TRON_NETWORK === "none") return null;
  const profile = settingsToProfile(config);
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
    setup: readPayerSetup(config, profile),
  };
};

/** Where the signer is, and the wallet that it holds; null where this process holds the key. Throws `config.signer`. */
export const readSignerPlace = ({
  NODE_ADDRESS: address,
  SIGNER_SOCKET: socketPath,
  TREASURY_KEY_FILE: keyFile,
}: NodeManagementConfig): { readonly socketPath: string; readonly address: string } | null => {
  if (socketPath === undefined) return null;
  if (keyFile !== undefined)
    throw new Fault(
      "config.signer",
      "SIGNER_SOCKET and TREASURY_KEY_FILE are both set: only one process may hold the key, remove one of them",
    );
  if (address === undefined)
    throw new Fault("config.signer", "SIGNER_SOCKET needs NODE_ADDRESS, the signer's wallet");
  return { socketPath, address };
};

/** The key in this process, or the signer that holds it. */
const createSigner = (config: NodeManagementConfig, profile: NetworkProfile): Signer => {
  const place = readSignerPlace(config);
  if (place !== null) {
    assertSignable(profile);
    return createRemoteSigner(place);
  }
  const { NODE_ADDRESS: address, TREASURY_KEY_FILE: keyFile, LUCID_DATA_PATH: folder } = config;
  return createLocalSigner({
    privateKeyHex: readKeyFile(keyFile ?? join(folder, "keys", "treasury.key")),
    profile,
    ...(address !== undefined && { expectedAddress: address }),
  });
};
