import {
  decodeBlockEntry,
  entryHash,
  fromHex,
  leafHash,
  type Leaf,
  networkId,
  openCheckpoint,
  verifyBlockEntry,
  verifyInclusion,
} from "@lucid/protocol";
import type { Log, ProvenLeaf } from "@lucid/verify";
import { plural } from "../format/numbers.ts";

/** One link of the chain from a leaf to the name of the network, and whether it held when this browser checked it. */
export type ProofStep = { readonly holds: boolean; readonly claim: string; readonly how: string };

/** Checks every link anew, from the leaf up. `expectedHash` is that of the ledger entry which a statement shows. */
export const checkProof = (
  log: Pick<Log, "checkpoint" | "genesis" | "networkId">,
  proven: ProvenLeaf,
  expectedHash: string | null = null,
): ProofStep[] => [
  ...(expectedHash === null ? [] : [isExpected(proven.leaf, expectedHash)]),
  isInBody(proven),
  isSigned(log, proven),
  isInLog(log, proven),
  isVouchedFor(log),
  isNamed(log),
];

const isExpected = (leaf: Leaf, expectedHash: string): ProofStep => {
  const holds =
    leaf.kind === "record" &&
    leaf.record === "ledger_entry" &&
    leaf.data.hash === expectedHash &&
    entryHash(leaf.data) === expectedHash;
  return {
    claim: "This is the ledger entry that the statement shows.",
    how: `the statement ${holds ? "has the hash of what this leaf says" : `has another hash, ${expectedHash}`}`,
    holds,
  };
};

const isInBody = ({ header, index, height, bytes, bodyProof }: ProvenLeaf): ProofStep => ({
  claim: `It is leaf ${index} of the ${plural(header.body_count, "leaf", "leaves")} of block ${height}.`,
  how: `${plural(bodyProof.length, "hash", "hashes")} lead from it to the body root in the header`,
  holds: verifyInclusion({
    index,
    size: header.body_count,
    leafHash: leafHash(bytes),
    proof: bodyProof,
    root: fromHex(header.body_root, 32),
  }),
});

const isSigned = (
  { genesis, networkId: id }: Pick<Log, "genesis" | "networkId">,
  { entryBytes }: ProvenLeaf,
): ProofStep => ({
  claim: "The network key signed that header.",
  how: "Ed25519, by the network key of the genesis document",
  holds: verifyBlockEntry(decodeBlockEntry(entryBytes), id, genesis.network_key),
});

const isInLog = (
  { checkpoint: { size, root } }: Pick<Log, "checkpoint">,
  { height, entryBytes, entryProof }: ProvenLeaf,
): ProofStep => ({
  claim: `The signed header is entry ${height} of the log.`,
  how: `${plural(entryProof.length, "hash", "hashes")} lead from it to the root of ${plural(size, "block")}`,
  holds: verifyInclusion({
    index: height,
    size,
    leafHash: leafHash(entryBytes),
    proof: entryProof,
    root,
  }),
});

const isVouchedFor = ({ checkpoint, genesis }: Pick<Log, "checkpoint" | "genesis">): ProofStep => ({
  claim: "The log key signed that root.",
  how: "Ed25519 over the checkpoint, by the log key of the genesis document",
  holds: openCheckpoint(checkpoint.note, {
    origin: genesis.log_origin,
    logKey: fromHex(genesis.log_key, 32),
  }).ok,
});

const isNamed = ({ genesis, networkId: id }: Pick<Log, "genesis" | "networkId">): ProofStep => ({
  claim: "The genesis document is that of this network.",
  how: `its hash is the network id ${id.slice(0, 16)}…; compare it with the one you know`,
  holds: networkId(genesis) === id,
});
