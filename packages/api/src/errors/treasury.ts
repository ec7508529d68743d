/** What can be wrong with a person's word about the treasury. */
export const treasuryErrors = {
  "treasury.unknown_transaction": {
    status: 404,
    title: "No solidified transaction of ours has this id",
    retry: "later",
    fix: "Check the txid; a transaction is solidified about a minute after it was sent, and must move the token from or to a wallet of this network.",
  },
  "treasury.recorded": {
    status: 409,
    title: "This transaction was recorded with other content",
    retry: "no",
    fix: "A record stays as it is: see `lucid admin treasury list`.",
  },
  "treasury.known": {
    status: 409,
    title: "A payout sent this transaction",
    retry: "no",
    fix: "Nothing has to be recorded: the books know it.",
  },
  "treasury.no_match": {
    status: 422,
    title: "The transaction is not what the record would say",
    retry: "changed",
    fix: "Compare recipient and amount with the payout or owner that you name, or name neither.",
  },
  "treasury.balance": {
    status: 409,
    title: "The owner's balance does not hold what the transaction paid",
    retry: "later",
    fix: "Wait until the rewards of that time are credited again, or record it without the owner.",
  },
  "treasury.wallet": {
    status: 422,
    title: "This address cannot be paid from",
    retry: "changed",
    fix: "Make a new wallet that is no owner's and was never paid from, and send it TRX and USDT first.",
  },
  "treasury.unreachable": {
    status: 503,
    title: "The chain could not be read",
    retry: "later",
    fix: "See `detail`; try again when the endpoints of TRON_ENDPOINTS answer.",
  },
  "payouts.not_reconciled": {
    status: 404,
    title: "Nothing was reconciled yet",
    retry: "later",
    fix: "Run `lucid payouts reconcile`.",
  },
} as const;
