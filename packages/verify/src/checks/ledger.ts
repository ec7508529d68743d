import { makeEntry, ProtocolError } from "@lucid/protocol";
import type { LedgerEntry } from "@lucid/protocol";
import type { Placed } from "./block.ts";
import { problem } from "./problem.ts";
import type { Verdict } from "./problem.ts";

/** The last entry of each account, as far as the log has been read. */
export type Ledger = ReturnType<typeof createLedger>;

/** In the order in which one follows from the other. */
const FIELDS = ["seq", "prev_hash", "kind", "balance_micro", "hash"] as const;

/**
 * The chains of the ledger: each entry is made again from what it says and the entry before it, and must come out the
 * same.
 */
export const createLedger = () => {
  const last = new Map<string, LedgerEntry>();
  const keys = new Set<string>();

  return {
    last: (account: string): LedgerEntry | null => last.get(account) ?? null,

    append: ({ data: entry, at }: Placed<"ledger_entry">): Verdict => {
      const { account, key } = entry;
      const remade = remake(last.get(account) ?? null, entry);
      if ("code" in remade) return { ...remade, at };
      const field = FIELDS.find((name) => entry[name] !== remade[name]);
      if (field !== undefined)
        return problem(
          `ledger.${field}`,
          `Entry ${account}#${entry.seq} (${key}) has ${field} ${entry[field]}; after the entry before it, it is ${remade[field]}.`,
          at,
        );
      // Rewards are told apart by what is due, so that a year of them need not be kept.
      if (entry.kind !== "reward") {
        if (keys.has(key)) return problem("ledger.key", `${key} stands in the ledger twice.`, at);
        keys.add(key);
      }
      last.set(account, entry);
      return null;
    },
  };
};

const remake = (previous: LedgerEntry | null, entry: LedgerEntry) => {
  const { account, key, amount_micro, ref, epoch, policy, at } = entry;
  try {
    return makeEntry(previous, {
      account,
      key,
      amountMicro: BigInt(amount_micro),
      contra: entry.contra.map((line) => ({
        account: line.account,
        amountMicro: BigInt(line.amount_micro),
      })),
      ...(ref !== undefined && { ref }),
      ...(epoch !== undefined && { epoch }),
      policy,
      at,
    });
  } catch (error) {
    if (!(error instanceof ProtocolError)) throw error;
    return problem(error.code, `Ledger entry ${account}#${entry.seq}: ${error.message}.`);
  }
};
