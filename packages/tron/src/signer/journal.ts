import type { DatabaseSync } from "node:sqlite";
import { SignerFault } from "./fault.ts";
import { makeJournalFile, openJournalFile } from "./journal-file.ts";
import {
  type Binding,
  lineHash,
  type Lines,
  lineText,
  NO_LINE_HASH,
  type OpenedLine,
  type SignedLine,
} from "./journal-lines.ts";

/** What was signed since a moment and is not proven dead. */
export type Spent = { readonly count: number; readonly micro: bigint };

/** Everything this signer ever signed: on the disk before a signature leaves the process, never changed. */
export type Journal = Disposable & {
  readonly opened: OpenedLine;
  get(payoutId: string, attempt: number): SignedLine | null;
  /** The highest attempt of a payout. */
  latest(payoutId: string): SignedLine | null;
  isExpired(payoutId: string, attempt: number): boolean;
  /** The latest debit of an account that was signed for. */
  head(account: string): { readonly seq: number; readonly hash: string } | null;
  /** The highest token that was seen since a person lowered it. */
  highestFence(): number;
  spentSince(atMs: number): Spent;
  figures(): { readonly signed: number; readonly lines: number };
  /** When the last line was written; 0 is never. */
  lastMs(): number;
  /** Appends one line, durably. Throws when (payout_id, attempt) stands there already. */
  add<Kind extends "signed" | "expired" | "fence" | "lowered">(kind: Kind, line: Lines[Kind]): void;
};

/** Makes the journal of a wallet that never signed without it. Throws `signer.journal.exists`. */
export const makeJournal = (path: string, opened: OpenedLine): void => {
  const file = makeJournalFile(path);
  append(file, "opened", opened);
  file.close();
};

/** Opens and checks the whole journal. Throws `signer.journal.missing|locked|damaged|other`. */
export const openJournal = (path: string, binding: Binding): Journal => {
  const file = openJournalFile(path);
  const first = file.prepare("SELECT text FROM lines WHERE n = 0").get() as { text: string };
  const opened = JSON.parse(first.text) as OpenedLine;
  for (const [field, wanted] of Object.entries(binding)) {
    const found = opened[field as keyof Binding];
    if (found === wanted) continue;
    file.close();
    const message = `${path} is the journal of ${field} ${found}, not of ${wanted}: see the settings`;
    throw new SignerFault("signer.journal.other", message);
  }
  return { opened, ...createReads(file), ...createWrites(file) };
};

const createReads = (file: DatabaseSync) => {
  const one = file.prepare(
    "SELECT text FROM lines WHERE kind = 'signed' AND payout_id = ? AND attempt = ?",
  );
  const last = file.prepare(
    "SELECT text FROM lines WHERE kind = 'signed' AND payout_id = ? ORDER BY attempt DESC LIMIT 1",
  );
  const expired = file.prepare(
    "SELECT 1 FROM lines WHERE kind = 'expired' AND payout_id = ? AND attempt = ?",
  );
  const head = file.prepare(
    "SELECT text FROM lines WHERE account = ? ORDER BY seq DESC, n DESC LIMIT 1",
  );
  const spent = file.prepare(`
    SELECT count(*) AS count, coalesce(sum(CAST(text ->> '$.net_micro' AS INTEGER)), 0) AS micro
    FROM lines AS line WHERE at_ms >= ? AND kind = 'signed' AND NOT EXISTS (
      SELECT 1 FROM lines AS e
      WHERE e.kind = 'expired' AND e.payout_id = line.payout_id AND e.attempt = line.attempt)`);
  spent.setReadBigInts(true);
  const figures = file.prepare(
    "SELECT count(*) AS lines, sum(kind = 'signed') AS signed FROM lines",
  );
  const latest = file.prepare("SELECT max(at_ms) AS at FROM lines");
  return {
    get: (payoutId: string, attempt: number) => toLine(one.get(payoutId, attempt)),
    latest: (payoutId: string) => toLine(last.get(payoutId)),
    isExpired: (payoutId: string, attempt: number) => expired.get(payoutId, attempt) !== undefined,
    head: (account: string) => {
      const line = toLine(head.get(account));
      return line === null ? null : { seq: line.seq, hash: line.entry_hash };
    },
    spentSince: (atMs: number): Spent => {
      const { count, micro } = spent.get(atMs) as { count: bigint; micro: bigint };
      return { count: Number(count), micro };
    },
    lastMs: () => Number(latest.get()?.["at"] ?? 0),
    figures: () => ({ ...figures.get() }) as ReturnType<Journal["figures"]>,
  };
};

const toLine = (row: Record<string, unknown> | undefined): SignedLine | null =>
  row === undefined ? null : (JSON.parse(String(row["text"])) as SignedLine);

const createWrites = (file: DatabaseSync): Pick<Journal, "add" | "highestFence"> & Disposable => {
  let highest = readHighestFence(file);
  return {
    highestFence: () => highest,
    add: (kind, line) => {
      append(file, kind, line);
      if ("fence" in line)
        highest = kind === "lowered" ? line.fence : Math.max(highest, line.fence);
    },
    [Symbol.dispose]: () => file.close(),
  };
};

const readHighestFence = (file: DatabaseSync): number => {
  const found = file
    .prepare(
      `SELECT max(fence) AS highest FROM lines
       WHERE n >= (SELECT coalesce(max(n), 0) FROM lines WHERE kind = 'lowered')`,
    )
    .get();
  return Number(found?.["highest"] ?? 0);
};

const append = <Kind extends keyof Lines>(file: DatabaseSync, kind: Kind, line: Lines[Kind]) => {
  const last = file.prepare("SELECT n, hash FROM lines ORDER BY n DESC LIMIT 1").get();
  const n = last === undefined ? 0 : Number(last["n"]) + 1;
  const text = lineText(line);
  const hash = lineHash(String(last?.["hash"] ?? NO_LINE_HASH), kind, text);
  file
    .prepare("INSERT INTO lines (n, kind, text, hash) VALUES (?, ?, ?, ?)")
    .run(n, kind, text, hash);
};
