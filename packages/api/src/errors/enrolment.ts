/** What can be wrong with an enrolment. */
export const enrolmentErrors = {
  "enrol.signature": {
    status: 422,
    title: "The node's signature is wrong",
    retry: "changed",
    fix: "Sign kind `enrol` for this network_id with the node's own key, over all fields but `signature`.",
  },
  "enrol.public_key": {
    status: 422,
    title: "The public key is not acceptable",
    retry: "no",
    fix: "Make a new key with `lucid node init`: this one is not canonical, of small order or carries torsion.",
  },
  "enrol.address": {
    status: 422,
    title: "The payout address is not acceptable",
    retry: "changed",
    fix: "Give the base58 address (T…) of a wallet that can sign; not zero, not a contract, not the treasury.",
  },
  "enrol.wallet_signature": {
    status: 422,
    title: "The wallet's signature is wrong",
    retry: "changed",
    fix: "Sign exactly the enrolment text with the wallet of the payout address (TIP-191, signMessageV2).",
  },
  "enrol.proof_of_work": {
    status: 422,
    title: "The proof of work is missing or too weak",
    retry: "changed",
    fix: "Find a nonce with `enrol_pow_bits` leading zero bits over the current header hash.",
  },
  "enrol.header_hash": {
    status: 409,
    title: "The header hash is not a recent one",
    retry: "changed",
    fix: "Use the header_hash of GET /api/v1/network.",
  },
  "enrol.seq": {
    status: 422,
    title: "A first enrolment has seq 0",
    retry: "changed",
    fix: "Set seq to 0; a node enrols once.",
  },
} as const;
