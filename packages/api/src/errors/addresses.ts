/** What can be wrong with a change of an owner's address, or with taking one back. */
export const addressErrors = {
  "owners.unknown": {
    status: 404,
    title: "No owner has this id",
    retry: "changed",
    fix: "Check the id; an owner exists from its first enrolled node on.",
  },
  "addresses.node": {
    status: 422,
    title: "The node is not one of this owner",
    retry: "changed",
    fix: "Let a node sign that GET /api/v1/nodes?owner_id=… lists.",
  },
  "addresses.seq": {
    status: 409,
    title: "The change has another number than the owner's next one",
    retry: "changed",
    fix: "Sign with `address_seq` of GET /api/v1/owners/{owner_id}; one change is sealed before the next is taken.",
  },
  "addresses.old_address": {
    status: 409,
    title: "The owner is not paid at the address that the change leaves",
    retry: "changed",
    fix: "Sign with `address` of GET /api/v1/owners/{owner_id} as the old address.",
  },
  "addresses.new_address": {
    status: 409,
    title: "Nobody can be paid at the new address",
    retry: "changed",
    fix: "Give the address of a wallet of your own that no owner has, had or waits for; not a contract, not the treasury.",
  },
  "addresses.signature": {
    status: 422,
    title: "A signature of the change is wrong",
    retry: "changed",
    fix: "The node signs kind `address_change`; both wallets sign exactly the address text (TIP-191, signMessageV2).",
  },
  "addresses.overtaken": {
    status: 409,
    title: "Another change of this owner takes force first",
    retry: "changed",
    fix: "Wait for that one and change again, or take it back first with the old wallet, if it was made without.",
  },
  "addresses.no_change": {
    status: 404,
    title: "The owner has no such change",
    retry: "changed",
    fix: "Look at GET /api/v1/owners/{owner_id}/address/changes for the seq.",
  },
  "addresses.with_old_wallet": {
    status: 409,
    title: "A change that the old wallet signed cannot be taken back",
    retry: "no",
    fix: "Wait until it is in force, then change the address again.",
  },
  "addresses.over": {
    status: 409,
    title: "The change waits no longer",
    retry: "no",
    fix: "It was taken back before, or is in force: then change the address again.",
  },
} as const;
