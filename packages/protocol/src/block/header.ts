import { labelledHash, toHex } from "../bytes.ts";
import { encode } from "../canonical.ts";
import { bodyRoot } from "../body/codec.ts";
import type { Body } from "../body/order.ts";
import { fields, hex, integer, oneOf, throwOnProblems } from "../fields.ts";
import type { Genesis } from "../genesis.ts";

/** What a block says of itself; hashes in hex, `sealed_at` in Unix ms. */
export type BlockHeader = {
  version: 1;
  network_id: string;
  /** slot - first_slot */
  height: number;
  slot: number;
  /** header_hash of the block before, `NO_PARENT` at height 0 */
  parent: string;
  /** RFC 6962 root over the leaves of the body */
  body_root: string;
  body_count: number;
  /** leaves that found no room and wait for the next blocks */
  backlog: number;
  /** whether any replica accepted beacons at any moment of the slot */
  observed: boolean;
  policy_hash: string;
  sealed_at: number;
};

/** `parent` of the block at height 0. */
export const NO_PARENT = "00".repeat(32);

/** The closed field list of a header. */
export const headerFields = fields<BlockHeader>({
  version: oneOf(1),
  network_id: hex(32),
  height: integer(),
  slot: integer(),
  parent: hex(32),
  body_root: hex(32),
  body_count: integer(),
  backlog: integer(),
  observed: oneOf(true, false),
  policy_hash: hex(32),
  sealed_at: integer(),
});

/** The header in `value`; throws `header.invalid` with `details.problems` [{pointer, detail}]. */
export function parseHeader(value: unknown): BlockHeader {
  throwOnProblems("header", headerFields(value, ""));
  return value as BlockHeader;
}

/** `H("lucid/block/v1\n" ‖ JCS(header))` in hex: a block's name, and what its leader signs. */
export function headerHash(header: BlockHeader): string {
  return toHex(labelledHash("block", encode(header)));
}

/** What the sealer knows of a block; the rest of its header follows. */
export type BlockDraft = Pick<BlockHeader, "backlog" | "observed" | "policy_hash" | "sealed_at"> & {
  body: Body;
};

/** The network that blocks belong to. */
export type BlockNetwork = { genesis: Genesis; networkId: string };

/** The header of the block after `parent` (null: the network's first block). */
export function nextHeader(
  { genesis, networkId }: BlockNetwork,
  parent: BlockHeader | null,
  { body, backlog, observed, policy_hash, sealed_at }: BlockDraft,
): BlockHeader {
  const height = parent === null ? 0 : parent.height + 1;
  return parseHeader({
    version: 1,
    network_id: networkId,
    height,
    slot: genesis.first_slot + height,
    parent: parent === null ? NO_PARENT : headerHash(parent),
    body_root: bodyRoot(body),
    body_count: body.length,
    backlog,
    observed,
    policy_hash,
    sealed_at,
  });
}
