import type { Connection } from "@lucid/platform/http";
import { type Genesis, isSignedByLog, type SignedCheckpoint } from "@lucid/protocol";
import type { Budget } from "./budget.ts";

export type SeenDeps = {
  readonly genesis: Pick<Genesis, "log_origin" | "log_key">;
  readonly budget: Budget;
};

/**
 * Whether what an agent says it saw is a checkpoint of our log larger than any we know. Only what would be news is
 * checked, and a value that was refused is not checked again, so that lies cost no more than the budget allows.
 */
export type SeenJudge = (
  seen: SignedCheckpoint,
  knownSize: number,
  connection: Connection,
) => boolean;

/** So many refused values are remembered; a flood of more is held by the budget. */
const MOST_REFUSED = 4096;

export const createSeenJudge = ({ genesis, budget }: SeenDeps): SeenJudge => {
  const log = { origin: genesis.log_origin, logKey: genesis.log_key };
  const refused = new Set<string>();

  const remember = (value: string): void => {
    const [oldest] = refused;
    if (refused.size >= MOST_REFUSED && oldest !== undefined) refused.delete(oldest);
    refused.add(value);
  };

  return (seen, knownSize, connection) => {
    if (seen.size <= knownSize) return false;
    const value = `${seen.size} ${seen.root} ${seen.signature}`;
    if (refused.has(value)) {
      budget.failed(connection);
      return false;
    }
    if (!budget.mayCheckSignature(connection)) return false;
    if (isSignedByLog(seen, log)) return true;
    budget.signatureFailed(connection);
    remember(value);
    return false;
  };
};
