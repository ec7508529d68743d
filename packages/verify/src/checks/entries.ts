import { epochOf, slotAt } from "@lucid/protocol";
import type { BlockNetwork, LedgerEntry, LedgerKind } from "@lucid/protocol";
import type { Tally } from "../report/tally.ts";
import type { Placed, TimedBlock } from "./block.ts";
import type { Ledger } from "./ledger.ts";
import type { Policies } from "./policies.ts";
import { problem } from "./problem.ts";
import type { Verdict } from "./problem.ts";

type EntryCheck = (placed: Placed<"ledger_entry">, block: TimedBlock) => Verdict;

type Deps = {
  readonly network: BlockNetwork;
  readonly ledger: Ledger;
  readonly policies: Policies;
  readonly tally: Tally;
  readonly bound: (entry: LedgerEntry) => void;
  readonly reward: EntryCheck;
  readonly payout: EntryCheck;
  readonly payoutReversal: EntryCheck;
  readonly payoutClose: EntryCheck;
};

/** Every ledger entry: why it may exist, by its kind, and then its place on the chain of its account. */
export const createEntries = (deps: Deps) => {
  const { network, ledger, policies, tally, bound, reward, payout, payoutReversal, payoutClose } =
    deps;
  const { genesis } = network;

  const checkPolicy = ({ key, policy, at }: LedgerEntry): Verdict => {
    const ruling = policies.inForce(epochOf(genesis, slotAt(genesis, at)));
    if (policy === ruling.version) return null;
    return problem(
      "ledger.policy",
      `${key} names policy ${policy}; ${ruling.version} ruled when it was made.`,
    );
  };

  const checkNetworkEntry: EntryCheck = ({ data: entry, at }) => {
    const isFirst = entry.seq === 0;
    if (isFirst !== (entry.kind === "binding"))
      return problem(
        "ledger.binding",
        "The account network begins with the one entry that binds the ledger to its chain, and then lists wallets.",
        at,
      );
    bound(entry);
    tally.attest("ledger_bindings");
    return checkPolicy(entry);
  };

  /** What people decide about an owner's money is their word; that it names its decision is checked. */
  const checkDecision: EntryCheck = (placed, block) => {
    const { data: entry, at } = placed;
    if (entry.key !== `${entry.kind}:${entry.ref}`)
      return problem("ledger.ref", `${entry.key} names the decision ${entry.ref}.`, at);
    const isForfeit = entry.contra.every(({ account }) => account === "forfeited");
    if (entry.kind === "forfeit" && !isForfeit)
      return problem("ledger.contra", `${entry.key} must go to the account forfeited.`, at);
    tally.attest("decisions_about_pay");
    return checkPolicy(entry) ?? (isForfeit ? null : payoutClose(placed, block));
  };

  const byKind: Record<LedgerKind, EntryCheck> = {
    reward,
    payout,
    payout_reversal: payoutReversal,
    forfeit: checkDecision,
    adjustment: checkDecision,
    binding: checkNetworkEntry,
    wallet: checkNetworkEntry,
  };

  return (placed: Placed<"ledger_entry">, block: TimedBlock): Verdict => {
    const { data: entry, at } = placed;
    if (entry.at >= block.endMs)
      return problem(
        "ledger.at",
        `${entry.key} says that it was made later than the slot whose block holds it.`,
        at,
      );
    const found = byKind[entry.kind](placed, block) ?? ledger.append(placed);
    if (found !== null) return { at, ...found };
    tally.check("ledger_entries");
    return null;
  };
};
