import type { Output } from "@lucid/agent";
import { toIso } from "@lucid/api";
import {
  type Body,
  type BlockEntry,
  epochOf,
  headerHash,
  type Leaf,
  verifyBlockEntry,
} from "@lucid/protocol";
import type { Log } from "@lucid/verify";
import { requireHeight } from "./open-log.ts";

export type ShownBlock = {
  readonly network_id: string;
  readonly height: number;
  readonly epoch: number;
  readonly header_hash: string;
  readonly header: BlockEntry["header"];
  readonly signature: string;
  /** Whether the network key of the genesis made the signature; a later key is for `lucid verify` to judge. */
  readonly signed_by_genesis_key: boolean;
  /** The blocks of the checkpoint in which this one was proven to stand. */
  readonly log_size: number;
  readonly body_bytes: number;
  readonly leaves: Readonly<Record<string, number>>;
};

/** One block, proven to stand in the log, with the leaves of its body by kind. */
export const readBlock = async (log: Log, height: number): Promise<ShownBlock> => {
  requireHeight(log, height);
  const { entry } = await log.entry(height);
  const body = await log.body(entry.header);
  const { header, signature } = entry;
  return {
    network_id: log.networkId,
    height,
    epoch: epochOf(log.genesis, header.slot),
    header_hash: headerHash(header),
    header,
    signature,
    signed_by_genesis_key: verifyBlockEntry(entry, log.networkId, log.genesis.network_key),
    log_size: log.checkpoint.size,
    body_bytes: body.reduce((sum, { bytes }) => sum + bytes.length, 0),
    leaves: countKinds(body),
  };
};

const kindOf = (leaf: Leaf): string => (leaf.kind === "record" ? leaf.record : leaf.kind);

const countKinds = (body: Body): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const { leaf } of body) counts[kindOf(leaf)] = (counts[kindOf(leaf)] ?? 0) + 1;
  return counts;
};

export const blockToText = (block: ShownBlock, paint: Output["paint"]): string => {
  const { header } = block;
  const signed = block.signed_by_genesis_key
    ? paint("green", "by the network key")
    : paint("yellow", "not by the network key of the genesis: lucid verify knows of later keys");
  const facts = {
    block: paint("bold", String(block.height)),
    hash: block.header_hash,
    parent: header.parent,
    slot: `${header.slot} of epoch ${block.epoch}`,
    sealed: `${toIso(header.sealed_at)}${header.observed ? "" : ", nobody could hear"}`,
    policy: header.policy_hash,
    signed,
    proven: `in the log of ${block.log_size} blocks of network ${block.network_id}`,
    body: `${header.body_count} leaves, ${block.body_bytes} bytes, root ${header.body_root}`,
    backlog: String(header.backlog),
  };
  const kinds = Object.entries(block.leaves).map(([kind, count]) => `  ${pad(count)}  ${kind}`);
  return [
    ...Object.entries(facts).map(([name, value]) => `${name.padEnd(8)} ${value}`),
    ...kinds,
  ].join("\n");
};

const pad = (count: number): string => count.toLocaleString("en").padStart(10);
