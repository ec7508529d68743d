import { Type } from "typebox";
import { defineRoute } from "../route.ts";
import { largestAppendBytes } from "../sealed-slots.ts";
import { bytes, Epoch, hex, list, nullable, object, pageQuery, Slot, Time } from "../schemas.ts";

const Height = Type.Integer({ minimum: 0, maximum: 2 ** 48, description: "height of a block" });

const BlockRef = Type.String({
  pattern: "^(0|[1-9][0-9]{0,14}|[0-9a-f]{64})$",
  description: "a height, or a header hash of 64 lower-case hex digits",
});

const Header = object({
  version: Type.Literal(1),
  network_id: hex(32, "of the network"),
  height: Height,
  slot: Slot,
  parent: hex(32, "hash of the header before; zeros at height 0"),
  body_root: hex(32, "RFC 6962 root over the leaves"),
  body_count: Type.Integer({ description: "leaves" }),
  backlog: Type.Integer({ description: "records left for the next slots" }),
  observed: Type.Boolean({ description: "whether beacons could be heard at some moment" }),
  policy_hash: hex(32, "of the policy in force"),
  sealed_at: Type.Integer({ description: "Unix milliseconds" }),
});

const BlockView = object({
  height: Height,
  slot: Slot,
  epoch: Epoch,
  header_hash: hex(32, "the block's name"),
  sealed_at: Time,
  header: Header,
  signature: hex(64, "the network key's over the header (kind `entry`)"),
});

const Appended = object({ height: Height, slot: Slot, header_hash: hex(32, "the block's name") });

const CheckpointView = object({
  size: Type.Integer({ description: "blocks in the log" }),
  root: hex(32, "of the log's tree"),
  signature: hex(64, "the log key's over the text of the note"),
  note: Type.String({ description: "the checkpoint as a signed note (C2SP tlog-checkpoint)" }),
});

const AppendView = object({ blocks: Type.Array(Appended), checkpoint: CheckpointView });

const ChainView = object({
  network_id: hex(32, "hash of the genesis document"),
  origin: Type.String({ description: "name of the log" }),
  log_key: hex(32, "that signs checkpoints"),
  size: Type.Integer({ description: "blocks in the log" }),
  root: hex(32, "of the log's tree"),
  checkpoint: Type.String({ description: "the signed note, as at /checkpoint" }),
  first_slot: Slot,
  latest: nullable(Appended),
  mode: Type.Union([Type.Literal("append"), Type.Literal("follow")]),
});

const Path = Type.Array(hex(32, "a hash of the path"), {
  description: "RFC 6962 inclusion path, from the leaf upwards",
});

const ProofView = object({
  height: Height,
  header_hash: hex(32, "the block's name"),
  entry: object({
    bytes: Type.String({ description: "hex of the entry, JCS({header, signature})" }),
    path: Path,
  }),
  leaf: nullable(
    object({
      index: Type.Integer({ description: "in the body" }),
      bytes: Type.String({ description: "hex of the leaf" }),
      path: Path,
    }),
  ),
  checkpoint: CheckpointView,
});

const appendRequest = bytes(
  "application/octet-stream",
  "u32(length) ‖ part (big-endian) of JCS({seen?}), then for each slot of JCS({slot, observed, backlog, policy_hash, sealed_at}) and of its framed body",
);

const appendErrors = [
  "blocks.request",
  "blocks.body",
  "blocks.header",
  "blocks.conflict",
  "blocks.order",
  "log.seen",
  "log.behind",
  "log.forked",
  "log.following",
  "log.unavailable",
] as const;

/** Every operation of block-manager by its operation id; fixed paths stand before parameter paths. */
export const blockRoutes = {
  appendBlocks: defineRoute({
    operationId: "appendBlocks",
    method: "POST",
    path: "/api/v1/blocks",
    tag: "blocks",
    summary: "Append sealed slots; those that stand already are found",
    description:
      "Slots ascend without gaps. The answer comes once the checkpoint that covers them is durable. `blocks.order` names `expected_slot`.",
    roles: ["service"],
    body: appendRequest,
    bodyLimit: largestAppendBytes(0),
    response: { 200: AppendView },
    errors: appendErrors,
  }),
  validateBlocks: defineRoute({
    operationId: "validateBlocks",
    method: "POST",
    path: "/api/v1/blocks/validate",
    tag: "blocks",
    summary: "What appending would answer, without storing anything",
    roles: ["service"],
    body: appendRequest,
    bodyLimit: largestAppendBytes(0),
    response: { 200: object({ blocks: Type.Array(Appended) }) },
    errors: appendErrors,
  }),
  listBlocks: defineRoute({
    operationId: "listBlocks",
    method: "GET",
    path: "/api/v1/blocks",
    tag: "blocks",
    summary: "Blocks by height",
    roles: ["anyone"],
    query: object({
      ...pageQuery,
      height_from: Type.Optional(Height),
      height_to: Type.Optional(Height),
      sort: Type.Optional(
        Type.Union([Type.Literal("asc"), Type.Literal("desc")], {
          description: "by height; desc unless told otherwise",
        }),
      ),
    }),
    response: { 200: list(BlockView) },
    errors: ["log.unavailable"],
  }),
  getLatestBlock: defineRoute({
    operationId: "getLatestBlock",
    method: "GET",
    path: "/api/v1/blocks/latest",
    tag: "blocks",
    summary: "The block at the end of the chain",
    roles: ["anyone"],
    response: { 200: BlockView },
    errors: ["blocks.unknown", "log.unavailable"],
  }),
  getBlock: defineRoute({
    operationId: "getBlock",
    method: "GET",
    path: "/api/v1/blocks/:block",
    tag: "blocks",
    summary: "One block by height or header hash",
    roles: ["anyone"],
    params: object({ block: BlockRef }),
    response: { 200: BlockView },
    errors: ["blocks.unknown", "log.unavailable"],
  }),
  getBlockBody: defineRoute({
    operationId: "getBlockBody",
    method: "GET",
    path: "/api/v1/blocks/:block/body",
    tag: "blocks",
    summary: "The framed leaves of a block; rebuilt, byte for byte, once its epoch is compacted",
    roles: ["anyone"],
    rate: "bodies",
    params: object({ block: BlockRef }),
    response: { 200: bytes("application/octet-stream", "u32(length) ‖ leaf for each leaf") },
    errors: ["blocks.unknown", "log.unavailable"],
  }),
  getBlockProof: defineRoute({
    operationId: "getBlockProof",
    method: "GET",
    path: "/api/v1/blocks/:block/proof",
    tag: "blocks",
    summary: "That a block stands in the log, and a leaf in the block",
    description:
      "The paths lead from the leaf to the header's `body_root`, and from the entry to the root of the checkpoint. As a C2SP tlog-proof file for the entry with `format=tlog-proof`.",
    roles: ["anyone"],
    rate: "bodies",
    params: object({ block: BlockRef }),
    query: object({
      leaf: Type.Optional(
        Type.Integer({ minimum: 0, maximum: 2 ** 32, description: "index in the body" }),
      ),
      format: Type.Optional(Type.Union([Type.Literal("json"), Type.Literal("tlog-proof")])),
    }),
    response: { 200: Type.Union([ProofView, bytes("text/plain", "a C2SP tlog-proof file")]) },
    errors: ["blocks.unknown", "blocks.leaf_unknown", "log.unavailable"],
  }),
  getChain: defineRoute({
    operationId: "getChain",
    method: "GET",
    path: "/api/v1/chain",
    tag: "blocks",
    summary: "Which log this is and how far it reaches",
    roles: ["anyone"],
    response: { 200: ChainView },
    errors: [],
  }),
  getCompactedEpoch: defineRoute({
    operationId: "getCompactedEpoch",
    method: "GET",
    path: "/api/v1/epochs/:epoch/compact",
    tag: "blocks",
    summary: "A closed epoch's leaves without what can be recomputed",
    roles: ["anyone"],
    params: object({ epoch: Epoch }),
    response: { 200: bytes("application/octet-stream", "the compacted epoch") },
    errors: ["epochs.not_compacted"],
  }),
  addCosignature: defineRoute({
    operationId: "addCosignature",
    method: "POST",
    path: "/api/v1/cosignatures",
    tag: "blocks",
    summary: "A configured witness's cosignature of the present checkpoint",
    roles: ["anyone"],
    rate: "cosignatures",
    body: object({
      line: Type.String({
        maxLength: 1024,
        description: "the note signature line (C2SP tlog-cosignature): — name base64",
      }),
    }),
    response: { 200: object({ checkpoint: Type.String({ description: "as at /checkpoint" }) }) },
    errors: [
      "cosignatures.malformed",
      "cosignatures.unknown_key",
      "cosignatures.wrong_signature",
      "log.unavailable",
    ],
  }),
};
