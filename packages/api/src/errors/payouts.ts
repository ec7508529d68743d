/** What can be wrong with what a person decides about a payout. */
export const payoutErrors = {
  "payouts.unknown": {
    status: 404,
    title: "No payout has this id",
    retry: "changed",
    fix: "Check the id.",
  },
  "payouts.not_configured": {
    status: 409,
    title: "This network does not pay out",
    retry: "no",
    fix: "Set TRON_NETWORK, TRON_ENDPOINTS and either SIGNER_SOCKET (with `lucid signer`) or TREASURY_KEY_FILE, and start again.",
  },
  "payouts.state": {
    status: 409,
    title: "The payout's state does not allow this decision",
    retry: "changed",
    fix: "Read the payout: `why` says what it waits for, and `lucid payouts show` what can be done.",
  },
  "payouts.changed": {
    status: 409,
    title: "The payout is not what you decided about",
    retry: "changed",
    fix: "Look at recipient, net_usdt and attempt of the payout as it is now, and decide again.",
  },
  "payouts.amount": {
    status: 422,
    title: "The amount is not possible for this payout",
    retry: "changed",
    fix: "Give back at most what the payout took from the balance.",
  },
  "payouts.checks": {
    status: 409,
    title: "Not every check is ok, so signing stays off",
    retry: "changed",
    fix: "Do what `checks` says, look again with `lucid payouts check`, then enable it.",
  },
  "owners.threshold": {
    status: 422,
    title: "This threshold would keep the owner from ever being paid",
    retry: "changed",
    fix: "Give at most the network's maximum_usdt (GET /api/v1/payouts/threshold).",
  },
} as const;
