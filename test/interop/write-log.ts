import {
  checkpointText,
  consistencyProof,
  cosign,
  cosignerKey,
  cosignerName,
  ed25519PublicKey,
  formatNote,
  formatProofFile,
  formatVerifierKey,
  inclusionProof,
  leafHash,
  rangeHash,
  sha256,
  signNote,
  subtreesOf,
  u64,
  utf8,
} from "@lucid/protocol";
import { treeFiles, writeFiles } from "../../packages/verify/src/testing/index.ts";
import { toBase64 } from "./manifest.ts";
import type { ClaimedTree, Manifest } from "./manifest.ts";

const SIZES = [0, 1, 2, 255, 256, 257, 511, 512, 65_535, 65_536, 65_537, 70_000];
const ORIGIN = "lucid.example/0123456789abcdef";
const SECONDS = 1_795_000_000;
const log = { name: ORIGIN, seed: sha256(utf8("log")) };
const witness = { name: cosignerName(ORIGIN, `node_${"a".repeat(32)}`), seed: sha256(utf8("w")) };

const entryAt = (index: number): Uint8Array => {
  if (index === 1) return new Uint8Array(0);
  return index === 300 ? new Uint8Array(65_535).fill(7) : u64(index);
};
const entries = Array.from({ length: SIZES.at(-1) ?? 0 }, (_, index) => entryAt(index));
const hashes = entries.map(leafHash);
const hashOf = subtreesOf(hashes);

/** Writes a log that grew through all sizes, and what is claimed about it at each, into a directory. */
export const writeLog = async (dir: string): Promise<void> => {
  const files = treeFiles(entries, SIZES);
  await writeFiles(dir, files.set("manifest.json", utf8(JSON.stringify(manifest()))));
};

const manifest = (): Manifest => ({
  origin: ORIGIN,
  log_key: formatVerifierKey({ name: ORIGIN, type: 0x01, publicKey: ed25519PublicKey(log.seed) }),
  cosigner: formatVerifierKey(cosignerKey(witness.name, ed25519PublicKey(witness.seed))),
  seconds: SECONDS,
  trees: SIZES.map(claimTree),
  malformed: altered(signedCheckpoint(2)),
});

const claimTree = (size: number, position: number): ClaimedTree => ({
  size,
  checkpoint: signedCheckpoint(size),
  inclusion: [0, 1, 254, 255, 256, 300, Math.floor(size / 2), size - 1]
    .filter((index) => index >= 0 && index < size)
    .map((index) => {
      const proof = inclusionProof(index, size, hashOf);
      const checkpoint = utf8(signedCheckpoint(size));
      const file = formatProofFile({ index, hashes: proof, checkpoint });
      return { index, proof: proof.map(toBase64), file: new TextDecoder().decode(file) };
    }),
  consistency: SIZES.slice(0, position + 1).map((old_size) => ({
    old_size,
    proof: consistencyProof(old_size, size, hashOf).map(toBase64),
  })),
});

const signedCheckpoint = (size: number): string => {
  const root = rangeHash({ from: 0, to: size }, hashOf);
  const checkpoint = { origin: ORIGIN, size, root };
  const text = checkpointText(checkpoint);
  const signatures = [
    signNote(text, log),
    cosign(checkpoint, { ...witness, timeSeconds: SECONDS }),
  ];
  return new TextDecoder().decode(formatNote({ text, signatures }));
};

const altered = (note: string) =>
  Object.entries({
    "another size": note.replace("\n2\n", "\n3\n"),
    "CR LF": note.replaceAll("\n", "\r\n"),
    "no signatures": note.slice(0, note.indexOf("\u2014")),
    "a hyphen": note.replaceAll("\u2014", "-"),
    "no last newline": note.slice(0, -1),
  }).map(([name, text]) => ({ case: name, note: text }));
