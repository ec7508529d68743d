import type { ErrorEntry } from "./entry.ts";

/** What block-manager answers besides the errors that every service has. */
export const blockErrors = {
  "blocks.request": {
    status: 422,
    title: "The sealed slots cannot be read",
    retry: "changed",
    fix: "Frame the parts as the operation describes; `detail` names the part that is wrong.",
  },
  "blocks.body": {
    status: 422,
    title: "A body is not acceptable",
    retry: "no",
    fix: "Leaves stand in body order without duplicates, within max_body_bytes; `detail` names the slot and the leaf.",
  },
  "blocks.header": {
    status: 422,
    title: "The slot cannot stand as the next block",
    retry: "no",
    fix: "`detail` names the rule: sealed after its window closed, never before its parent, no beacons when unobserved.",
  },
  "blocks.conflict": {
    status: 409,
    title: "This slot stands in the log with other content",
    retry: "no",
    fix: "What was appended first counts. Either the sender's store is an older copy: put the newest one back, or bring it up to this log (lucid restore --from-log); or two programs seal for one network: stop one of them.",
  },
  "blocks.order": {
    status: 409,
    title: "The slots do not continue the log",
    retry: "changed",
    fix: "Send slots in order from `expected_slot` on.",
  },
  "blocks.unknown": {
    status: 404,
    title: "There is no such block",
    retry: "later",
    fix: "Check height or header hash; GET /api/v1/chain says how far the log reaches.",
  },
  "blocks.leaf_unknown": {
    status: 404,
    title: "The block has no such leaf",
    retry: "changed",
    fix: "Leaves count from 0; the header's body_count says how many there are.",
  },
  "epochs.not_compacted": {
    status: 404,
    title: "The epoch is not compacted",
    retry: "later",
    fix: "An epoch is compacted after it has closed; until then its bodies are there one by one.",
  },
  "log.seen": {
    status: 422,
    title: "The checkpoint that was seen is not signed by this log",
    retry: "changed",
    fix: "Leave `seen` out, or send size, root and signature of a checkpoint of this log.",
  },
  "log.behind": {
    status: 409,
    title: "Somebody holds a larger checkpoint than this log reaches",
    retry: "later",
    fix: "The log was restored from an older copy: let it fetch what is missing from a follower (BLOCK_MANAGER_PEERS).",
  },
  "log.forked": {
    status: 409,
    title: "Somebody holds a checkpoint that contradicts this log",
    retry: "no",
    fix: "Two logs were signed by one key. Keep both checkpoints as evidence and stop appending.",
  },
  "log.following": {
    status: 409,
    title: "This block-manager follows and does not append",
    retry: "no",
    fix: "Send sealed slots to the one with BLOCK_MANAGER_MODE append.",
  },
  "log.unavailable": {
    status: 503,
    title: "The log cannot do this right now",
    retry: "later",
    fix: "Try again; /ready says what is missing: a full disk, or a damaged file that is fetched again.",
  },
  "log.no_file": {
    status: 404,
    title: "The log has no such file",
    retry: "later",
    fix: "Paths are those of C2SP tlog-tiles for the size of /checkpoint.",
  },
  "cosignatures.malformed": {
    status: 422,
    title: "This is no cosignature line",
    retry: "changed",
    fix: "Send one line as C2SP tlog-cosignature writes it: — name base64.",
  },
  "cosignatures.unknown_key": {
    status: 403,
    title: "No witness of this log has this key",
    retry: "no",
    fix: "The operator adds the witness's verifier key to WITNESS_KEYS.",
  },
  "cosignatures.wrong_signature": {
    status: 409,
    title: "The cosignature is not over the present checkpoint",
    retry: "changed",
    fix: "Fetch /checkpoint, check consistency, sign that text and send the line before the next block.",
  },
} as const satisfies Record<string, ErrorEntry>;
