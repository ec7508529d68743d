import { TronError } from "./error.ts";
import { networkProfile } from "./networks.ts";
import type { Endpoint, NetworkProfile } from "./port.ts";

/** An address as wallets show it, base58check. */
export const addressForm = {
  pattern: /^T[1-9A-HJ-NP-Za-km-z]{33}$/,
  example: "TXYZopYRdj2D9XRtbG411XZZ3kM5VkAeBf",
};

/** Settings that say which chain a program speaks to; each program adds TRON_NETWORK and what else it needs. */
export const tronSettings = {
  TRON_ENDPOINTS: {
    type: "list",
    item: "url",
    default: [],
    description:
      "Nodes of the chain; two of different operators let payouts expire, and be paid again, without a person. Each answers /wallet, /walletsolidity and /jsonrpc under its one address, as hosted nodes do; a java-tron of your own has a port for each, so put a proxy in front. They are asked through the proxy that HTTPS_PROXY or HTTP_PROXY names, but for NO_PROXY.",
  },
  TRON_API_KEY: {
    type: "string",
    pattern: /^[\x21-\x7e]+$/,
    example: "letters, digits and signs of ASCII, as the host of the nodes shows it",
    optional: true,
    secret: true,
    description: "Key for hosted nodes of the chain.",
  },
  TRON_TOKEN: {
    type: "string",
    ...addressForm,
    optional: true,
    description: "Address of the USDT contract; `local` only.",
  },
  TRON_GENESIS_BLOCK: {
    type: "string",
    pattern: /^[0-9a-f]{64}$/,
    example: "64 lower-case hex digits",
    optional: true,
    description: "Id of block 0 of the chain; `local` only.",
  },
} as const;

export type TronSettings = {
  readonly TRON_NETWORK: string;
  readonly TRON_ENDPOINTS: readonly string[];
  readonly TRON_API_KEY?: string | undefined;
  readonly TRON_TOKEN?: string | undefined;
  readonly TRON_GENESIS_BLOCK?: string | undefined;
  readonly TRON_HISTORY?: string | undefined;
  readonly TRON_REHEARSAL?: boolean;
};

/** The chain that settings name. Throws TronError `tron.network.*`, naming the setting. */
export function settingsToProfile(settings: TronSettings): NetworkProfile {
  const { TRON_NETWORK, TRON_TOKEN, TRON_GENESIS_BLOCK, TRON_REHEARSAL } = settings;
  const endpoints = toEndpoints(settings);
  const isLocal = TRON_NETWORK === "local";
  if (isLocal !== (TRON_TOKEN !== undefined) || isLocal !== (TRON_GENESIS_BLOCK !== undefined))
    refuse("TRON_TOKEN and TRON_GENESIS_BLOCK are for TRON_NETWORK local, which needs both");
  if (isLocal && endpoints.length === 0) refuse("TRON_NETWORK local needs TRON_ENDPOINTS");
  return networkProfile(TRON_NETWORK, {
    ...(endpoints.length > 0 && { endpoints }),
    ...(TRON_TOKEN !== undefined && { token: TRON_TOKEN }),
    ...(TRON_GENESIS_BLOCK !== undefined && { genesisBlockId: TRON_GENESIS_BLOCK }),
    ...(TRON_REHEARSAL === true && { requiresCheck: true }),
  });
}

function toEndpoints({ TRON_ENDPOINTS, TRON_API_KEY, TRON_HISTORY }: TronSettings): Endpoint[] {
  const urls = TRON_ENDPOINTS.map(withoutSlash);
  if (new Set(urls).size < urls.length)
    refuse("TRON_ENDPOINTS names one node twice: two views need two nodes");
  return urls.map((url, index) => ({
    full: url,
    solidity: url,
    jsonrpc: `${url}/jsonrpc`,
    ...(TRON_HISTORY !== undefined && index === 0 && { history: withoutSlash(TRON_HISTORY) }),
    ...(TRON_API_KEY !== undefined && { apiKey: TRON_API_KEY }),
  }));
}

function withoutSlash(url: string): string {
  return url.replace(/\/+$/, "");
}

function refuse(message: string): never {
  throw new TronError("tron.network.settings", message);
}
