/** What can be wrong with what a person decides about a hold. */
export const holdErrors = {
  "holds.unknown": {
    status: 404,
    title: "No hold has this id",
    retry: "changed",
    fix: "Look it up: `lucid payouts holds`.",
  },
  "holds.held": {
    status: 409,
    title: "The owner is held for this reason already",
    retry: "no",
    fix: "Read the hold that `detail` names; release it to put another one with other words.",
  },
  "holds.state": {
    status: 409,
    title: "The hold has ended",
    retry: "no",
    fix: "Read the hold: its state says how it ended. A new one can be put.",
  },
  "holds.amount": {
    status: 422,
    title: "This amount cannot be forfeited",
    retry: "changed",
    fix: "Forfeit more than 0 and at most the owner's balance; a payout that waits is cancelled first, so that it is in the balance again.",
  },
} as const;
