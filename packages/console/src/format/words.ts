/** A piece of a sentence; `what` it is when it is an id (`person id`, `address`, `bytes`), and where it stands. */
type Piece = { readonly text: string; readonly what: string | null; readonly at: number };

const IDS =
  /\b(?:(person|node|owner|payout|hold)_[a-z0-9]{20,}|T[1-9A-HJ-NP-Za-km-z]{33}|[0-9a-f]{64,})\b/g;

/** The pieces of a sentence, in their order, which together are the sentence. */
export const splitIds = (sentence: string): Piece[] => {
  const pieces: Piece[] = [];
  let end = 0;
  for (const found of sentence.matchAll(IDS)) {
    const [text, kind] = found;
    const at = found.index;
    if (at > end) pieces.push({ text: sentence.slice(end, at), what: null, at: end });
    pieces.push({ text, what: whatOf(text, kind), at });
    end = at + text.length;
  }
  if (end < sentence.length) pieces.push({ text: sentence.slice(end), what: null, at: end });
  return pieces;
};

const whatOf = (text: string, kind: string | undefined): string => {
  if (kind !== undefined) return `${kind} id`;
  return text.startsWith("T") ? "address" : "bytes";
};
