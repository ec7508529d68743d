import { existsSync } from "node:fs";
import { join } from "node:path";
import { type ConfigSources, loadConfig } from "@lucid/platform/config";
import { networkProfile } from "../networks.ts";
import type { NetworkProfile } from "../port.ts";
import { configSchema, type SignerConfig } from "./config.ts";
import { SignerFault } from "./fault.ts";
import type { Binding } from "./journal-lines.ts";

/** Flag before environment before signer.yaml in the data folder before default. Throws ConfigError. */
export const readSettings = ({
  flags = {},
  env = {},
}: Pick<ConfigSources, "flags" | "env">): SignerConfig => {
  const folder =
    flags["signer-data-path"] ?? flags["SIGNER_DATA_PATH"] ?? env["SIGNER_DATA_PATH"] ?? "./signer";
  const file = join(String(folder), "signer.yaml");
  return loadConfig(configSchema, { flags, env, ...(existsSync(file) && { file }) }).values;
};

export const journalPath = ({ SIGNER_DATA_PATH }: SignerConfig): string =>
  join(SIGNER_DATA_PATH, "journal.sqlite");

export const socketPath = ({ SIGNER_SOCKET, SIGNER_DATA_PATH }: SignerConfig): string =>
  SIGNER_SOCKET ?? join(SIGNER_DATA_PATH, "run", "signer.sock");

/** The chain as the signer's own settings name it. Throws TronError, `config.tron`. */
export const readProfile = (config: SignerConfig): NetworkProfile => {
  const { TRON_NETWORK, TRON_ENDPOINTS, TRON_API_KEY, TRON_TOKEN, TRON_GENESIS_BLOCK } = config;
  const isLocal = TRON_NETWORK === "local";
  if (isLocal !== (TRON_TOKEN !== undefined) || isLocal !== (TRON_GENESIS_BLOCK !== undefined))
    throw new SignerFault(
      "config.tron",
      "TRON_TOKEN and TRON_GENESIS_BLOCK are for TRON_NETWORK local, which needs both",
    );
  const urls = TRON_ENDPOINTS.map((url) => url.replace(/\/+$/, ""));
  if (new Set(urls).size < urls.length)
    throw new SignerFault(
      "config.tron",
      "TRON_ENDPOINTS names one node twice: two views need two nodes",
    );
  const endpoints = urls.map((url) => ({
    full: url,
    solidity: url,
    ...(TRON_API_KEY !== undefined && { apiKey: TRON_API_KEY }),
  }));
  return networkProfile(TRON_NETWORK, {
    ...(endpoints.length > 0 && { endpoints }),
    ...(TRON_TOKEN !== undefined && { token: TRON_TOKEN }),
    ...(TRON_GENESIS_BLOCK !== undefined && { genesisBlockId: TRON_GENESIS_BLOCK }),
  });
};

/** What the journal has to be for. */
export const bindingOf = (
  config: SignerConfig,
  { genesisBlockId, token }: NetworkProfile,
): Binding => ({
  network_id: config.SIGNER_NETWORK_ID,
  chain: genesisBlockId,
  token,
  wallet: config.NODE_ADDRESS,
});

/** Unix ms of a moment like 2026-01-31T12:00:00Z. Throws `config.since`. */
export const parseMoment = (text: string): number => {
  const ms = Date.parse(text);
  if (/^\d{4}-\d{2}-\d{2}T[\d:.]+(Z|[+-]\d{2}:\d{2})$/.test(text) && !Number.isNaN(ms)) return ms;
  throw new SignerFault("config.since", `--since ${text} is no moment like 2026-01-31T12:00:00Z`);
};
