import vectors from "../../../../vectors/checkpoint.json" with { type: "json" };
import { fromHex, toHex, utf8 } from "../bytes.ts";
import { checkpointText, parseCheckpointText } from "../tlog/checkpoint-text.ts";
import { openCheckpoint } from "../tlog/checkpoint.ts";
import type { TrustedLog } from "../tlog/checkpoint.ts";
import { parseVerifierKey } from "../tlog/note-key.ts";
import { parseProofFile, verifyProofFile } from "../tlog/proof-file.ts";
import { refusal } from "./outcome.ts";

export function recomputeCheckpoint() {
  return {
    log: vectors.log,
    texts: vectors.texts.map(({ text }) => {
      const checkpoint = parseCheckpointText(text);
      return {
        ...checkpoint,
        root: toHex(checkpoint.root),
        text: checkpointText(checkpoint),
      };
    }),
    refused_texts: vectors.refused_texts.filter(
      ({ text }) => refusal(() => parseCheckpointText(text)) === "checkpoint.malformed",
    ),
    opened: vectors.opened.map(({ case: name, note }) => {
      const verdict = openCheckpoint(utf8(note), trustedLog());
      if (!verdict.ok) return { case: name, note, code: verdict.code };
      const times = verdict.cosignatures.map(({ timeSeconds }) => timeSeconds);
      return { case: name, note, size: verdict.checkpoint.size, times };
    }),
    proof_files: vectors.proof_files.map(({ case: name, leaf_hash, file }) => {
      const verdict = verifyProofFile(utf8(file), fromHex(leaf_hash), trustedLog());
      const answer = verdict.ok
        ? { index: parseProofFile(utf8(file)).index }
        : { code: verdict.code };
      return { case: name, leaf_hash, file, ...answer };
    }),
  };
}

function trustedLog(): TrustedLog {
  const [log] = vectors.log;
  return {
    origin: log?.origin ?? "",
    logKey: fromHex(log?.log_key ?? ""),
    cosigners: (log?.cosigners ?? []).map(parseVerifierKey),
  };
}
