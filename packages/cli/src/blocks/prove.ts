import { exitCode, Failure, type Output } from "@lucid/agent";
import { formatProofFile, headerHash, type Leaf, toHex, utf8 } from "@lucid/protocol";
import type { Log } from "@lucid/verify";
import { requireHeight } from "./open-log.ts";

/** A proof that was checked, as data, and what goes into a file. */
export type Proof = {
  readonly fields: {
    readonly network_id: string;
    readonly height: number;
    readonly header_hash: string;
    readonly log_size: number;
    readonly log_root: string;
    readonly entry: { readonly bytes: string; readonly path: readonly string[] };
    readonly leaf: {
      readonly index: number;
      readonly kind: string;
      readonly bytes: string;
      readonly path: readonly string[];
    } | null;
    readonly checkpoint: string;
  };
  /** Of a block a C2SP tlog-proof, of a leaf JSON. */
  readonly file: Uint8Array;
};

/** That a block stands in the log under its signed checkpoint. */
export const proveBlock = async (log: Log, height: number): Promise<Proof> => {
  requireHeight(log, height);
  const { bytes, entry, proof } = await log.entry(height);
  const { note } = log.checkpoint;
  return {
    fields: {
      ...common(log, height, { bytes, proof }),
      header_hash: headerHash(entry.header),
      leaf: null,
    },
    file: formatProofFile({ index: height, hashes: proof, checkpoint: note }),
  };
};

/** That a leaf stands in a block, and the block in the log. */
export const proveLeaf = async (log: Log, height: number, index: number): Promise<Proof> => {
  requireHeight(log, height);
  const { header } = (await log.entry(height)).entry;
  if (index >= header.body_count)
    throw new Failure(
      "blocks.leaf_unknown",
      `block ${height} has ${header.body_count} leaves, so there is no leaf ${index}`,
      { fix: "Leaves count from 0", exit: exitCode.refused },
    );
  const proven = await log.leaf(height, index);
  const fields = {
    ...common(log, height, { bytes: proven.entryBytes, proof: proven.entryProof }),
    header_hash: proven.headerHash,
    leaf: {
      index,
      kind: kindOf(proven.leaf),
      bytes: toHex(proven.bytes),
      path: proven.bodyProof.map(toHex),
    },
  };
  return { fields, file: utf8(`${JSON.stringify(fields, null, 2)}\n`) };
};

type ProvenEntry = { readonly bytes: Uint8Array; readonly proof: readonly Uint8Array[] };

const common = (log: Log, height: number, { bytes, proof }: ProvenEntry) => ({
  network_id: log.networkId,
  height,
  log_size: log.checkpoint.size,
  log_root: toHex(log.checkpoint.root),
  entry: { bytes: toHex(bytes), path: proof.map(toHex) },
  checkpoint: new TextDecoder().decode(log.checkpoint.note),
});

const kindOf = (leaf: Leaf): string => (leaf.kind === "record" ? leaf.record : leaf.kind);

export const proofToText = ({ fields }: Proof, paint: Output["paint"]): string => {
  const { height, leaf, entry, log_size, log_root, network_id } = fields;
  const inBlock =
    leaf === null
      ? []
      : [`leaf ${leaf.index} (${leaf.kind}) stands in block ${height}: ${leaf.path.length} hashes`];
  return [
    paint("green", "proven"),
    ...inBlock,
    `block ${height} stands in the log of ${log_size} blocks: ${entry.path.length} hashes`,
    `network ${network_id}, root ${log_root}, signed by the log key`,
  ].join("\n");
};
