import { fromHex, isHex, toHex } from "@lucid/protocol";
import { LogError, type Log, type TrustedCheckpoint } from "@lucid/verify";

/** How a log stands to what this browser has seen of it: new, gone on from there, or shown shorter than it was. */
export type SinceSeen =
  | { readonly kind: "first" }
  | { readonly kind: "extends"; readonly size: number }
  | { readonly kind: "shorter"; readonly size: number };

type Memory = Pick<Storage, "getItem" | "setItem">;

/**
 * Compares a log with the largest checkpoint that this browser has seen of its network, and remembers it when it is
 * larger. Throws `LogError` `consistency` for a log that does not go on from there: somebody was shown another one.
 */
export const compareWithSeen = async (
  log: Pick<Log, "networkId" | "checkpoint" | "extend">,
  memory: Memory,
): Promise<SinceSeen> => {
  const { networkId, checkpoint } = log;
  const seen = recall(memory, networkId);
  if (seen !== null && seen.size > checkpoint.size) return { kind: "shorter", size: seen.size };
  if (seen !== null) await extend(log, seen);
  if (checkpoint.size > (seen?.size ?? 0)) remember(memory, networkId, checkpoint);
  return seen === null ? { kind: "first" } : { kind: "extends", size: seen.size };
};

const extend = async (log: Pick<Log, "extend">, seen: TrustedCheckpoint): Promise<void> => {
  try {
    await log.extend(seen);
  } catch (error) {
    if (!(error instanceof LogError) || error.code !== "consistency") throw error;
    const detail = `This browser has seen another beginning of this log: its first ${seen.size} blocks are not those of before.`;
    throw new LogError("consistency", error.place, detail, { cause: error });
  }
};

const nameOf = (networkId: string) => `lucid log ${networkId}`;

const recall = (memory: Memory, networkId: string): TrustedCheckpoint | null => {
  const [size = "", root] = memory.getItem(nameOf(networkId))?.split(" ") ?? [];
  return /^[1-9][0-9]{0,14}$/.test(size) && isHex(root, 32)
    ? { size: Number(size), root: fromHex(root, 32) }
    : null;
};

const remember = (memory: Memory, networkId: string, { size, root }: TrustedCheckpoint) =>
  memory.setItem(nameOf(networkId), `${size} ${toHex(root)}`);
