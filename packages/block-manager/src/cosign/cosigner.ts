import { formatNote, type NoteKey, noteKeyId, parseNote } from "@lucid/protocol";
import { logNoteKey, type Store } from "../store/index.ts";
import { judgeLine, type LineVerdict } from "./line.ts";
import { addCosignature } from "./merge.ts";

/** The published note with the cosignature in it, or why the line was refused. */
export type CosignVerdict =
  | { readonly ok: true; readonly note: Uint8Array }
  | Extract<LineVerdict, { ok: false }>;

export type Cosigner = {
  /** Adds a witness's line to the checkpoint that is published now; it is durable once this resolves. */
  add(line: string): Promise<CosignVerdict>;
};

export type CosignerDeps = { readonly store: Pick<Store, "head" | "exclusive" | "network"> };

/** What a witness cosigned last, with the log's line: it outlives the checkpoints that follow. */
const cosignaturePath = (key: NoteKey): string => `cosignature/${noteKeyId(key)}`;

export const createCosigner = (
  { store }: CosignerDeps,
  { witnesses }: { readonly witnesses: readonly NoteKey[] },
): Cosigner => {
  const keys = { logKey: logNoteKey(store.network.genesis), witnesses };

  const publish = (line: string): Promise<CosignVerdict> =>
    store.exclusive(async (writer) => {
      const { note } = writer.head();
      const checkpoint = parseNote(note);
      const verdict = judgeLine(checkpoint.text, line, witnesses); // it may have changed meanwhile
      if (!verdict.ok) return verdict;
      const merged = addCosignature(checkpoint, verdict.signature, keys);
      if (merged === null) return { ok: true, note };
      const own = addCosignature(bare(checkpoint), verdict.signature, keys) ?? merged;
      await writer.write([{ path: cosignaturePath(verdict.key), bytes: formatNote(own) }]);
      return { ok: true, note: (await writer.publish(formatNote(merged))).note };
    });

  /** A checkpoint with the log's own line only. */
  const bare = ({ text, signatures }: ReturnType<typeof parseNote>) => ({
    text,
    signatures: signatures.filter(
      ({ name, keyId }) => name === keys.logKey.name && keyId === noteKeyId(keys.logKey),
    ),
  });

  return {
    add: async (line) => {
      const { note } = store.head();
      if (note.length === 0)
        return { ok: false, code: "wrong_signature", detail: "There is no checkpoint yet." };
      const verdict = judgeLine(parseNote(note).text, line, witnesses); // what is refused need not queue
      return verdict.ok ? publish(line) : verdict;
    },
  };
};
