/** What can be wrong with what is asked about epochs and their rules. */
export const epochErrors = {
  "epochs.unknown": {
    status: 404,
    title: "There is no result for this epoch",
    retry: "later",
    fix: "An epoch is settled after the second slot of the next one.",
  },
  "poot.no_result": {
    status: 404,
    title: "The node has no result yet",
    retry: "later",
    fix: "The first result comes when the node's first epoch has been settled.",
  },
  "policy.invalid": {
    status: 422,
    title: "The policy is not acceptable",
    retry: "changed",
    fix: "Correct the field that `detail` names.",
  },
  "policy.conflict": {
    status: 409,
    title: "This version exists with other content",
    retry: "changed",
    fix: "Use the next version number.",
  },
  "policy.from_epoch": {
    status: 422,
    title: "The policy would begin too early",
    retry: "changed",
    fix: "A policy made in epoch p begins in epoch p+2 at the earliest.",
  },
} as const;
