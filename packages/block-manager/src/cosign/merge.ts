import {
  MAX_NOTE_SIGNATURES,
  type NoteKey,
  noteKeyId,
  type NoteSignature,
  type SignedNote,
  splitCosignature,
} from "@lucid/protocol";

/** Whose line it is. */
const lineOf = ({ name, keyId }: Pick<NoteSignature, "name" | "keyId">): string =>
  `${name} ${keyId}`;

const timeOf = ({ signature }: NoteSignature): number =>
  splitCosignature(signature)?.timeSeconds ?? 0;

/**
 * A checkpoint with one more cosignature: the log's own line first, then those of outside witnesses in the order of
 * the settings, then the others, 16 in all. Null when it holds one of that witness that is as new.
 */
export const addCosignature = (
  { text, signatures }: SignedNote,
  added: NoteSignature,
  { logKey, witnesses }: { logKey: NoteKey; witnesses: readonly NoteKey[] },
): SignedNote | null => {
  const known = signatures.find((one) => lineOf(one) === lineOf(added));
  if (known !== undefined && timeOf(known) >= timeOf(added)) return null;
  const ranks = new Map(
    [logKey, ...witnesses].map((key, rank) => [
      lineOf({ name: key.name, keyId: noteKeyId(key) }),
      rank,
    ]),
  );
  const rankOf = (one: NoteSignature): number => ranks.get(lineOf(one)) ?? ranks.size;
  const merged = [...signatures.filter((one) => one !== known), added]
    .toSorted((a, b) => rankOf(a) - rankOf(b))
    .slice(0, MAX_NOTE_SIGNATURES);
  return { text, signatures: merged };
};
