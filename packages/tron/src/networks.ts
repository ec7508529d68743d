import { parseAddress } from "@lucid/protocol";
import { TronError } from "./error.ts";
import type { NetworkName, NetworkProfile } from "./port.ts";

/** Public networks. The genesis block id is what separates them: a transaction names no chain id. */
const PUBLIC_NETWORKS: Record<Exclude<NetworkName, "local">, NetworkProfile> = {
  mainnet: {
    name: "mainnet",
    genesisBlockId: "00000000000000001ebf88508a03865c71d452e25f4d51194196a1d22b6653dc",
    token: "TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t",
    endpoints: [hosted("https://api.trongrid.io")],
    explorer: "https://tronscan.org/#",
    requiresCheck: true,
  },
  nile: {
    name: "nile",
    genesisBlockId: "0000000000000000d698d4192c56cb6be724a558448e2684802de4d6cd8690dc",
    token: "TXYZopYRdj2D9XRtbG411XZZ3kM5VkAeBf",
    endpoints: [hosted("https://nile.trongrid.io")],
    explorer: "https://nile.tronscan.org/#",
    requiresCheck: false,
  },
  shasta: {
    name: "shasta",
    genesisBlockId: "0000000000000000de1aa88295e1fcf982742f773e0419c5a9c134c994a9059e",
    token: "TG3XXyExBkPp9nzdajDZsozEu4BkaSJozs",
    endpoints: [hosted("https://api.shasta.trongrid.io")],
    explorer: "https://shasta.tronscan.org/#",
    requiresCheck: false,
  },
};

function hosted(url: string) {
  return { full: url, solidity: url, jsonrpc: `${url}/jsonrpc`, history: url };
}

/**
 * The profile of a network: built-in values for the public ones, overrides on top.
 * What makes a public network that network, genesis block and token, cannot be overridden, nor that mainnet requires its
 * checks. `local` has no built-in values:
 * pass genesisBlockId (64 hex), token (base58) and at least one endpoint.
 * Throws TronError `tron.network.unknown`, `tron.network.fixed` or `tron.network.incomplete`.
 */
export function networkProfile(
  name: string,
  overrides: Partial<Omit<NetworkProfile, "name">> = {},
): NetworkProfile {
  const base = builtIn(name);
  const profile = { ...base, ...overrides };
  requireField(
    /^[0-9a-f]{64}$/.test(profile.genesisBlockId),
    "genesisBlockId",
    "64 lower-case hex digits",
  );
  requireField(isAddress(profile.token), "token", "a base58 address");
  requireField(profile.endpoints.length > 0, "endpoints", "at least one endpoint {full, solidity}");
  if (base.name !== "local") requireSame(base, profile);
  return profile;
}

/**
 * Throws TronError `tron.network.signing_refused` where money is never moved: on shasta, and on a public network under
 * the name of another, which would leave out what its own name requires.
 */
export function assertSignable({ name, genesisBlockId }: NetworkProfile): void {
  const hidden = Object.values(PUBLIC_NETWORKS).find(
    (network) => network.genesisBlockId === genesisBlockId && network.name !== name,
  );
  if (hidden !== undefined)
    refuse(hidden.name, `this is ${hidden.name}, under the name ${name}: set TRON_NETWORK to it`);
  if (name === "shasta") refuse(name, "use nile, mainnet or local");
}

/** The same, and throws where the key may only be with a signer that is a process of its own. */
export function assertKeyInProcess(profile: NetworkProfile): void {
  assertSignable(profile);
  if (profile.requiresCheck)
    refuse(profile.name, "the key belongs to `lucid signer`; name its SIGNER_SOCKET");
}

function refuse(network: string, fix: string): never {
  throw new TronError(
    "tron.network.signing_refused",
    `signing is refused on ${network} in this process: ${fix}`,
    { network },
  );
}

function requireSame(base: NetworkProfile, profile: NetworkProfile): void {
  for (const field of ["genesisBlockId", "token"] as const) {
    if (base[field] === profile[field]) continue;
    const message = `${base.name} has its own ${field}, ${base[field]}: leave it out, or use the network local`;
    throw new TronError("tron.network.fixed", message, { field });
  }
  if (base.requiresCheck && !profile.requiresCheck)
    throw new TronError("tron.network.fixed", `${base.name} always requires its checks`, {
      field: "requiresCheck",
    });
}

function builtIn(name: string): NetworkProfile {
  if (name === "local")
    return { name, genesisBlockId: "", token: "", endpoints: [], requiresCheck: false };
  if (name === "mainnet" || name === "nile" || name === "shasta") return PUBLIC_NETWORKS[name];
  throw new TronError(
    "tron.network.unknown",
    `no network "${name}": use local, nile, shasta or mainnet`,
    { name },
  );
}

function isAddress(text: string): boolean {
  try {
    parseAddress(text);
    return true;
  } catch {
    return false;
  }
}

function requireField(ok: boolean, field: string, expected: string): void {
  if (!ok)
    throw new TronError(
      "tron.network.incomplete",
      `network profile: ${field} must be ${expected}`,
      { field },
    );
}
