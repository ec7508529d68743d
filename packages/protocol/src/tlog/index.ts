export { checkpointText, parseCheckpointText } from "./checkpoint-text.ts";
export type { Checkpoint } from "./checkpoint-text.ts";
export { openCheckpoint } from "./checkpoint.ts";
export type { CheckpointVerdict, TrustedLog, VerifiedCosignature } from "./checkpoint.ts";
export { cosign, cosignerKey, cosignerName, splitCosignature } from "./cosignature.ts";
export { decodeBundle, encodeBundle } from "./entry-bundle.ts";
export { isSignedByLog, isSignedCheckpoint } from "./log-signature.ts";
export type { SignedCheckpoint } from "./log-signature.ts";
export { HASH_BYTES, leafHash, merkleRoot, rootOfHashes } from "./merkle.ts";
export { formatVerifierKey, noteKeyId, parseVerifierKey } from "./note-key.ts";
export type { NoteKey } from "./note-key.ts";
export { signNote, verifyNote } from "./note-signing.ts";
export { formatNote, MAX_NOTE_SIGNATURES, parseNote } from "./note.ts";
export type { NoteSignature, SignedNote } from "./note.ts";
export { formatProofFile, parseProofFile, verifyProofFile } from "./proof-file.ts";
export { consistencyProof, consistencyRanges, inclusionProof, inclusionRanges } from "./proof.ts";
export { rangeHash, subtreesOf } from "./subtrees.ts";
export type { LeafRange, Subtree, SubtreeHashes } from "./subtrees.ts";
export { edgeRoot, EMPTY_EDGE, growTiles, readEdge } from "./tile-edge.ts";
export type { TileEdge } from "./tile-edge.ts";
export { createTileReader, tilesToRead } from "./tile-reader.ts";
export type { ReadTile, TreeHead } from "./tile-reader.ts";
export {
  grownBundles,
  grownTiles,
  parseTilePath,
  partialTiles,
  TILE_WIDTH,
  tilePath,
  tileWidth,
} from "./tiles.ts";
export type { Tile } from "./tiles.ts";
export { verifyConsistency, verifyInclusion } from "./verify-proof.ts";
