import { entryHash } from "./entry.ts";
import type { LedgerEntry } from "./entry.ts";
import { entryProblem } from "./rules.ts";
import type { LedgerRule } from "./rules.ts";

/** Whether a chain holds; else the first entry that does not, the rule it breaks and a sentence. */
export type ChainVerdict =
  | { ok: true }
  | { ok: false; seq: number; code: LedgerRule | "hash" | "key"; detail: string };

/**
 * Checks one account's entries in order of seq from 0: gapless, linked, hashed, balanced, each summing to zero, every
 * key once. That no key repeats over accounts, and that rewards follow from results, is for whoever holds the whole.
 */
export function verifyChain(entries: readonly LedgerEntry[]): ChainVerdict {
  const keys = new Set<string>();
  let previous: LedgerEntry | null = null;
  for (const [position, entry] of entries.entries()) {
    const problem = entryProblem(previous, entry);
    if (problem !== null) return { ok: false, seq: position, ...problem };
    if (entryHash(entry) !== entry.hash)
      return broken(position, "hash", "the hash is not that of the entry");
    if (keys.has(entry.key))
      return broken(position, "key", `${entry.key} stands on the chain twice`);
    keys.add(entry.key);
    previous = entry;
  }
  return { ok: true };
}

function broken(seq: number, code: "hash" | "key", detail: string): ChainVerdict {
  return { ok: false, seq, code, detail };
}
