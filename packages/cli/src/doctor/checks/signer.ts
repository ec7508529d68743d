import { type Finding, fine, unknown, warning } from "@lucid/platform/checks";
import { readSignerStatus, type SignerStatus } from "@lucid/tron";
import type { DoctorContext } from "../context.ts";

const TIMEOUT_MS = 3000;

/** Whether the signer answers and reads the log; its caps and its journal. */
export const checkSigner = async ({
  config,
  profile,
}: Pick<DoctorContext, "config" | "profile">): Promise<Finding> => {
  if (profile === null) return fine("nobody is paid, nothing is signed");
  const { SIGNER_SOCKET: socketPath } = config.service.values;
  if (socketPath === undefined)
    return warning(
      "the wallet's key is in node-management",
      "give it to `lucid signer` and set SIGNER_SOCKET (docs/payouts.md)",
    );
  try {
    const status = await readSignerStatus({ socketPath, timeoutMs: TIMEOUT_MS });
    return judge(status as SignerStatus);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return unknown(`${socketPath}: ${reason}`, "start it: lucid signer --data <its folder>");
  }
};

const judge = ({ address, journal, log, caps }: SignerStatus): Finding => {
  const words = `${address}; ${journal.signed} signed since ${journal.since}; ${caps.day.used_usdt} of ${caps.day.cap_usdt} USDT today`;
  if (log.problem === null) return fine(words);
  return warning(`${words}; it cannot read the log: ${log.problem}`, "see SIGNER_LOG_URL");
};
