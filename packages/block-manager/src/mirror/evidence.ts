import { sha256, toHex, utf8 } from "@lucid/protocol";
import type { Clock } from "@lucid/platform/clock";
import { QUARANTINE } from "../store/index.ts";
import type { Store } from "../store/index.ts";

/** What a source did that an operator should see. */
export type Accusation = {
  /** a stable word: `forked`, `rollback`, a code of LogError or SourceError */
  code: string;
  /** the address of the source */
  source: string;
  detail: string;
  /** what it served, when that is known */
  served?: { path: string; bytes: Uint8Array } | null;
  /** notes of the log, verbatim, each under what it is */
  notes?: Readonly<Record<string, Uint8Array>>;
  /** RFC 6962 consistency proof from the size of our note to that of theirs, as they make it */
  proof?: readonly Uint8Array[];
};

/** Keeps what sources served and why that was refused, below `quarantine/`. */
export type Evidence = {
  /** Answers the path of the reason; the same accusation twice is kept once. */
  keep(accusation: Accusation): Promise<string>;
};

/** So that no source fills the disk: further evidence is reported and not kept. */
const MOST_FILES = 400;

export function createEvidence({ store, clock }: { store: Store; clock: Clock }): Evidence {
  return {
    keep: async (accusation) => {
      const path = pathOf(accusation);
      const reason = `${path}.reason`;
      const kept = await store.disk.list(QUARANTINE);
      const isKept = kept.some(({ name }) => `${QUARANTINE}/${name}` === reason);
      if (isKept || kept.length >= MOST_FILES) return reason;
      const served = accusation.served?.bytes ?? accusation.notes?.["theirs"];
      const files = [{ path: reason, bytes: utf8(reasonText(accusation, clock.now())) }];
      if (served !== undefined) files.push({ path, bytes: served });
      await store.exclusive((writer) => writer.write(files));
      return reason;
    },
  };
}

function pathOf({ code, source, served, notes, detail }: Accusation): string {
  const what = served?.bytes ?? notes?.["theirs"] ?? utf8(detail);
  const id = toHex(sha256(utf8(`${source}\n${code}\n${served?.path ?? ""}\n`), what)).slice(0, 16);
  return `${QUARANTINE}/${code.replaceAll(/[^a-z0-9_]/g, "_")}-${id}`;
}

function reasonText(
  { code, source, detail, served, notes = {}, proof = [] }: Accusation,
  nowMs: number,
): string {
  const lines = [
    `${code}: ${detail}`,
    `source: ${source}`,
    `at: ${new Date(nowMs).toISOString()}`,
    ...(served ? [`path: ${served.path}`] : []),
  ];
  const texts = Object.entries(notes).map(
    ([whose, note]) => `\n--- ${whose}\n${new TextDecoder().decode(note)}`,
  );
  const hashes = proof.map((hash) => `${Buffer.from(hash).toString("base64")}\n`);
  const shown =
    hashes.length === 0 ? [] : ["\n--- consistency proof from ours to theirs\n", ...hashes];
  return `${lines.join("\n")}\n${[...texts, ...shown].join("")}`;
}
