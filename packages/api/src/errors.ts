import { accessErrors } from "./access-errors.ts";
import { addressErrors } from "./address-errors.ts";
import { blockErrors } from "./block-errors.ts";
import { holdErrors } from "./hold-errors.ts";
import { nodeErrors } from "./node-errors.ts";
import { payoutErrors } from "./payout-errors.ts";
import { poolErrors } from "./pool-errors.ts";
import { treasuryErrors } from "./treasury-errors.ts";

/** One row of the error table: what the code means to a machine and to a person. */
export type ErrorEntry = {
  readonly status: number;
  readonly title: string;
  /** `no`: the same request fails again; `later`: it may succeed unchanged; `changed`: after the fix. */
  readonly retry: "no" | "later" | "changed";
  readonly fix: string;
};

/** Every error that a Lucid service answers: code, status, retry hint, what to do. The source of docs/errors.md. */
export const errorTable = {
  "request.invalid": {
    status: 422,
    title: "The request does not fit its schema",
    retry: "changed",
    fix: "Correct the fields that `errors` names; each has a JSON pointer.",
  },
  "request.malformed": {
    status: 400,
    title: "The body is not complete, valid JSON",
    retry: "changed",
    fix: "Send one complete JSON value whose length is the Content-Length, without duplicate or reserved keys.",
  },
  "request.too_large": {
    status: 413,
    title: "The body is too large",
    retry: "changed",
    fix: "Send at most the number of bytes that `detail` names.",
  },
  "request.media_type": {
    status: 415,
    title: "The media type is not supported",
    retry: "changed",
    fix: "Send the content type that `detail` names.",
  },
  "request.not_found": {
    status: 404,
    title: "There is no such path",
    retry: "changed",
    fix: "Look the path up at /docs.",
  },
  "request.method": {
    status: 405,
    title: "The path does not have this method",
    retry: "changed",
    fix: "Use a method that the Allow header names.",
  },
  "request.host": {
    status: 421,
    title: "This host name is not served here",
    retry: "changed",
    fix: "Use a name in TRUSTED_HOSTS, or add this one to it.",
  },
  "request.timeout": {
    status: 408,
    title: "The request took too long to arrive",
    retry: "later",
    fix: "Send the whole request at once.",
  },
  "limits.exceeded": {
    status: 429,
    title: "Too many requests",
    retry: "later",
    fix: "Wait for the seconds in Retry-After.",
  },
  "service.unavailable": {
    status: 503,
    title: "The service cannot do this right now",
    retry: "later",
    fix: "Try again; /ready says what is missing.",
  },
  internal: {
    status: 500,
    title: "Something broke on our side",
    retry: "later",
    fix: "Tell the operator the request id; the log has the cause under it.",
  },
  "network.wrong": {
    status: 409,
    title: "This is another network",
    retry: "no",
    fix: "Compare network_id with GET /api/v1/network and use the right service.",
  },
  "nodes.unknown": {
    status: 404,
    title: "No node has this id",
    retry: "changed",
    fix: "Check the id, or enrol the node.",
  },
  "nodes.not_active": {
    status: 409,
    title: "The node is not active",
    retry: "later",
    fix: "A pending node waits for approval; a suspended one for the operator; a retired one is final.",
  },
  "nodes.already_enrolled": {
    status: 409,
    title: "The node is enrolled with other content",
    retry: "no",
    fix: "A node enrols once. Use its owner's wallet to change the address, or make a new key.",
  },
  "nodes.standing": {
    status: 409,
    title: "The node's standing does not allow this change",
    retry: "no",
    fix: "Retired is final; see the node's standing.",
  },
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
  "commitments.signature": {
    status: 422,
    title: "The commitment's signature is wrong",
    retry: "changed",
    fix: "Sign kind `commitment` for this network_id with the node's key.",
  },
  "commitments.window": {
    status: 409,
    title: "The commitment is outside its window",
    retry: "no",
    fix: "Commit from the last twelfth of the epoch before until the epoch's end; check the clock against server_time.",
  },
  "commitments.equivocation": {
    status: 409,
    title: "The node committed to another chain for this epoch",
    retry: "no",
    fix: "The first commitment counts. Two programs run with one key: stop one of them.",
  },
  "beacons.stale": {
    status: 409,
    title: "The beacon is older than what was accepted",
    retry: "no",
    fix: "Send beacons in the order of their slots.",
  },
  "beacons.late": {
    status: 409,
    title: "The slot's window has closed",
    retry: "no",
    fix: "Go on with the current slot; if this repeats, check the clock against server_time.",
  },
  "beacons.early": {
    status: 409,
    title: "The slot has not begun",
    retry: "later",
    fix: "Wait for the slot; check the clock against server_time.",
  },
  "beacons.no_commitment": {
    status: 409,
    title: "The node has no commitment for this epoch",
    retry: "changed",
    fix: "POST /api/v1/beacons/commitments first.",
  },
  "beacons.wrong_reveal": {
    status: 422,
    title: "The reveal is not on the committed chain",
    retry: "no",
    fix: "Derive the chain for this network and epoch from the node's key; reveal c[s+1] for slot index s.",
  },
  "beacons.gap_unsigned": {
    status: 422,
    title: "After a gap of more than 32 slots a beacon needs the node's signature",
    retry: "changed",
    fix: "Add `signature` (kind `beacon`) over node_id, slot and reveal.",
  },
  "owners.unknown": {
    status: 404,
    title: "No owner has this id",
    retry: "changed",
    fix: "Check the id; an owner exists from its first enrolled node on.",
  },
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
  ...accessErrors,
  ...addressErrors,
  ...nodeErrors,
  ...payoutErrors,
  ...holdErrors,
  ...treasuryErrors,
  ...poolErrors,
  ...blockErrors,
} as const satisfies Record<string, ErrorEntry>;

export type ErrorCode = keyof typeof errorTable;
