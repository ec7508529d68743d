import { createHash } from "node:crypto";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { formatUsdt } from "@lucid/protocol";
import type { NetworkPlan } from "./plan.ts";

/** What fits into the address of a Unix socket with its final zero (sockaddr_un, unix(7)). */
const MOST_SOCKET_BYTES = 107;

/** Where the signer of a network keeps its settings and its journal, until it gets a folder elsewhere. */
export const signerFolder = (folder: string): string => join(resolve(folder), "signer");

/** Where it answers: in its folder, or for a folder whose path is too long, in one of its own below /tmp. */
export const signerSocket = (folder: string): string => {
  const path = join(signerFolder(folder), "run", "signer.sock");
  if (Buffer.byteLength(path) <= MOST_SOCKET_BYTES) return path;
  const name = createHash("sha256").update(path).digest("hex").slice(0, 16);
  return join(tmpdir(), `lucid-signer-${name}`, "signer.sock");
};

/** There until the first journal is made: nobody has signed for this network yet. */
export const unusedMark = (folder: string): string => join(signerFolder(folder), "unused");

/**
 * The second file of its journal, which tells that the journal was put back: apart from the journal, and never to be put
 * back together with it.
 */
export const signerMark = (folder: string): string => join(resolve(folder), "signer.mark");

/** Its settings, with the caps of the first policy as its own. */
export const signerSettings = (
  { genesis, networkId, policy, keys }: NetworkPlan,
  folder: string,
): string => {
  const { payout } = policy;
  const usdt = (micro: string) => JSON.stringify(formatUsdt(BigInt(micro)));
  return [
    `# Settings of the signer of ${genesis.name}. Under a user id of its own, which mainnet asks for: docs/payouts.md`,
    `NODE_ADDRESS: ${keys.treasury.shows}`,
    `SIGNER_NETWORK_ID: "${networkId}"`,
    "SIGNER_LOG_URL: http://127.0.0.1:8086",
    "# Tells that the journal was put back, so never put it back too. Where money is real: on another disk.",
    `SIGNER_MARK_FILE: ${JSON.stringify(signerMark(folder))}`,
    "# The most that it signs, whatever it is asked. The service cannot change it.",
    `SIGNER_MAX_PAYOUT_USDT: ${usdt(payout.maximum_micro)}`,
    `SIGNER_HOUR_CAP_USDT: ${usdt(payout.hour_cap_micro)}`,
    `SIGNER_DAY_CAP_USDT: ${usdt(payout.day_cap_micro)}`,
    `SIGNER_DAY_COUNT: ${payout.day_count}`,
    "# The chain that pays, and two nodes of different operators; lucid up passes its own on.",
    "# TRON_NETWORK: mainnet",
    "# TRON_ENDPOINTS: https://one.example,https://two.example",
    "",
  ].join("\n");
};
