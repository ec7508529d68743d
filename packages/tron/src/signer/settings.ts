import { existsSync } from "node:fs";
import { join } from "node:path";
import { type ConfigSources, loadConfig } from "@lucid/platform/config";
import type { NetworkProfile } from "../port.ts";
import { settingsToProfile } from "../settings.ts";
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

/** The journal's second file; apart from the journal only where the settings name it. */
export const markPath = (config: SignerConfig): string =>
  config.SIGNER_MARK_FILE ?? `${journalPath(config)}.mark`;

export const socketPath = ({ SIGNER_SOCKET, SIGNER_DATA_PATH }: SignerConfig): string =>
  SIGNER_SOCKET ?? join(SIGNER_DATA_PATH, "run", "signer.sock");

/** The chain as the signer's own settings name it. Throws TronError, `config.tron`. */
export const readProfile = (config: SignerConfig): NetworkProfile => {
  const profile = settingsToProfile(config);
  if (profile.requiresCheck && hostsOf(profile).size < 2)
    throw new SignerFault(
      "config.tron",
      `TRON_ENDPOINTS: on ${profile.name} the signer asks two nodes of different operators`,
    );
  return profile;
};

const hostsOf = ({ endpoints }: NetworkProfile): ReadonlySet<string> =>
  new Set(endpoints.map(({ full }) => new URL(full).hostname));

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
