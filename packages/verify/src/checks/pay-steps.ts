import { createAuditRoots } from "./audit-roots.ts";
import { createDeadlines } from "./deadlines.ts";
import { createDebits } from "./debits.ts";
import { createEntries } from "./entries.ts";
import { createLedger } from "./ledger.ts";
import { createPayouts } from "./payouts.ts";
import type { Presence } from "./presence-steps.ts";
import { createResults } from "./results.ts";
import { createRewards } from "./rewards.ts";
import { createSettlement } from "./settlement.ts";
import { each, noting } from "./step.ts";
import type { BooksDeps, Step } from "./step.ts";

/** What presence is worth, what the ledger says about it, and what was paid. */
export const createPaySteps = (deps: BooksDeps & Presence) => {
  const { network, tally } = deps;
  const deadlines = createDeadlines(network.genesis.slots_per_epoch);
  const ledger = createLedger();
  const rewards = createRewards({ ...deps, deadlines });
  const results = createResults({ deadlines, tally, closed: rewards.expect });
  const settlement = createSettlement({
    ...deps,
    settled: (epoch, result, block) => {
      results.expect(epoch, result, block);
      rewards.earn(result.results);
    },
  });
  const debits = createDebits({ ...deps, ledger, deadlines });
  const payouts = createPayouts({ ...deps, debits, deadlines });
  const checkEntry = createEntries({
    ...deps,
    ledger,
    reward: rewards.check,
    payout: debits.check,
    payoutReversal: payouts.checkReversal,
    payoutClose: payouts.checkClose,
  });

  const steps: Step[] = [
    (_, body) => results.checkResults(body.of("epoch_result")),
    each("epoch_closed", results.checkClosed),
    each("ledger_entry", checkEntry),
    (block, body) => payouts.checkStates(body.of("payout"), block),
    each("audit_root", createAuditRoots(deps)),
    payouts.endBlock,
    noting(settlement.endBlock),
    deadlines.endBlock,
  ];
  return { steps, deadlines };
};
