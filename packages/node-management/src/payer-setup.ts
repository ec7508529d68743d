import { accessSync, constants, lstatSync } from "node:fs";
import { join } from "node:path";
import { getuid } from "node:process";
import { type NetworkProfile, readSignerStatus, settingsToProfile } from "@lucid/tron";
import type { PayerSetup } from "./clearance/index.ts";
import type { NodeManagementConfig } from "./config.ts";

/** A status is read from a file and memory; a signer that is busy longer is one that does not answer. */
const STATUS_MS = 3000;
/** Where users have no numbers, like on Windows. */
const NO_UID = -1;

/** The token that these settings pay with; null where nobody is paid. */
export const payToken = (config: NodeManagementConfig): string | null =>
  config.TRON_NETWORK === "none" ? null : settingsToProfile(config).token;

/** How this process is set up to pay. */
export const readPayerSetup = (
  config: NodeManagementConfig,
  { requiresCheck, endpoints }: NetworkProfile,
): PayerSetup => {
  const { SIGNER_SOCKET: socketPath, LUCID_DATA_PATH } = config;
  const history = endpoints.find((endpoint) => endpoint.history !== undefined)?.history;
  return {
    requiresCheck,
    hosts: endpoints.map(({ full }) => new URL(full).hostname),
    historyHost: history === undefined ? null : new URL(history).host,
    signer:
      socketPath === undefined
        ? null
        : {
            socketPath,
            uid: () => lstatSync(socketPath, { throwIfNoEntry: false })?.uid ?? null,
            status: () => readSignerStatus({ socketPath, timeoutMs: STATUS_MS }),
          },
    // Unlike userInfo(), it needs no name: in a container there may be none.
    ourUid: getuid?.() ?? NO_UID,
    readableKeys: () =>
      [
        join(LUCID_DATA_PATH, "keys", "treasury.key"),
        join(LUCID_DATA_PATH, "signer", "wallet.key"),
      ].filter(isReadable),
  };
};

const isReadable = (path: string): boolean => {
  try {
    accessSync(path, constants.R_OK);
    return true;
  } catch {
    return false; // not there, or not for us: either way it cannot be read
  }
};
