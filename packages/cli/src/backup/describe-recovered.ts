import type { Recovered } from "@lucid/node-management";

/** What came from a newer log, for a program. */
export const recoveredToSummary = (recovered: Recovered) => ({
  blocks: recovered.blocks,
  records: recovered.records,
  in_flight: recovered.inFlight.map(({ payoutId, txid }) => ({ payout_id: payoutId, txid })),
  adjustments: recovered.adjustments,
  forfeits: recovered.forfeits,
  pools: recovered.pools,
});

const countsOf = ({ records }: Recovered): string =>
  Object.entries(records)
    .map(([type, count]) => `${count} ${type}`)
    .join(", ");

/** What came from a newer log, and what a person has to do about what no log holds. */
export const describeRecovered = (recovered: Recovered): string[] => [
  `from log ${recovered.blocks} blocks after the backup, each verified${recovered.blocks === 0 ? "" : `: ${countsOf(recovered)}`}`,
  ...recovered.inFlight.map(
    ({ payoutId, txid }) =>
      `         ${payoutId} was signed as ${txid}: the chain decides, and nothing is sent again before it is provably dead`,
  ),
  ...recovered.adjustments.map(
    (id) =>
      `         adjustment ${id} is in the books: should the treasury list a transaction of it, record that without --owner`,
  ),
  ...recovered.forfeits.map((id) => `         forfeit ${id} is in the books, its hold is not`),
  ...recovered.pools.map(
    (id) =>
      `         pool ${id} was made since: its seats are back, its name and way of paying are not`,
  ),
  ...(recovered.blocks === 0 ? [] : LOST),
];

const LOST = [
  "Not in any log, and as old as the backup: holds, approvals and cancellations of payouts, owners' thresholds, pools' names,",
  "         commands, revoked tokens, alerts and samples, lines of the audit trail, words about transactions, settings.",
  "Next: put every hold of the time since the backup again, before payouts are resumed",
];
