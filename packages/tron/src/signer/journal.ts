import { existsSync } from "node:fs";
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
import { type Mark, readMark, writeMark } from "./journal-mark.ts";

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
  /** Whether a transaction was signed here, or a person said that it is known. */
  isKnown(txid: string): boolean;
  /** Whether a person said that a payout was paid by a Transfer which is not here. */
  isPaidElsewhere(payoutId: string): boolean;
  /** Below which block every Transfer out of the wallet is known; null before the first comparison. */
  comparedTo(): number | null;
  /** When a person last went on with a copy that lacks lines; 0 is never. */
  acceptedMs(): number;
  figures(): { readonly signed: number; readonly lines: number };
  /** When the last line was written; 0 is never. */
  lastMs(): number;
  /** Appends one line, durably. Throws when (payout_id, attempt) stands there already. */
  add<Kind extends Exclude<keyof Lines, "opened">>(kind: Kind, line: Lines[Kind]): void;
};

const markBeside = (path: string): string => `${path}.mark`;

/** Makes the journal of a wallet that never signed without it. Throws `signer.journal.exists`. */
export const makeJournal = (
  path: string,
  opened: OpenedLine,
  markPath: string = markBeside(path),
): void => {
  if (existsSync(markPath))
    throw new SignerFault(
      "signer.journal.exists",
      `${markPath} says that there was a journal: put that back. If it is lost, see in docs/signer.md what to do before the mark is removed`,
    );
  const file = makeJournalFile(path);
  append(file, "opened", opened);
  writeMark(markPath, endOf(file));
  file.close();
};

/** Opens and checks the whole journal. Throws `signer.journal.missing|locked|damaged|other|behind`. */
export const openJournal = (
  path: string,
  binding: Binding,
  markPath: string = markBeside(path),
): Journal => {
  const { file, opened } = openBound(path, binding);
  try {
    assertNewest(file, { path, markPath });
    writeMark(markPath, endOf(file));
  } catch (error) {
    file.close();
    throw error;
  }
  return { opened, ...createReads(file), ...createWrites(file, markPath) };
};

/** Goes on with a copy that lacks lines, on the word of a person, whose reason stays in it. */
export const acceptJournal = (
  path: string,
  binding: Binding,
  { markPath = markBeside(path), ...line }: Lines["accepted"] & { readonly markPath?: string },
): void => {
  const { file } = openBound(path, binding);
  append(file, "accepted", line);
  writeMark(markPath, endOf(file));
  file.close();
};

/** The mark may be a line behind, as it is written second; a journal that ends before it was put back. */
const assertNewest = (
  file: DatabaseSync,
  { path, markPath }: { readonly path: string; readonly markPath: string },
): void => {
  const mark = readMark(markPath);
  const at = file.prepare("SELECT hash FROM lines WHERE n = ?").get((mark?.lines ?? 0) - 1);
  if (mark !== null && at?.["hash"] === mark.hash) return;
  const problem =
    mark === null
      ? `its mark ${markPath} is missing`
      : `it has ${endOf(file).lines} lines, and ${markPath} says that there were ${mark.lines} or others`;
  throw new SignerFault(
    "signer.journal.behind",
    `${path} is not the newest there was (${problem}): put back the newest copy. Only if that is lost: lucid signer accept "<reason>"`,
  );
};

const endOf = (file: DatabaseSync): Mark => {
  const last = file.prepare("SELECT n, hash FROM lines ORDER BY n DESC LIMIT 1").get();
  return { lines: Number(last?.["n"] ?? -1) + 1, hash: String(last?.["hash"] ?? NO_LINE_HASH) };
};

const openBound = (path: string, binding: Binding) => {
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
  return { file, opened };
};

const createReads = (file: DatabaseSync) => {
  const one = file.prepare(
    "SELECT text FROM lines WHERE kind = 'signed' AND payout_id = ? AND attempt = ?",
  );
  const highest = file.prepare(
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
  const known = file.prepare("SELECT 1 FROM lines WHERE txid = ?");
  const paid = file.prepare("SELECT 1 FROM lines WHERE kind = 'foreign' AND payout_id = ?");
  const newest = file.prepare("SELECT text FROM lines WHERE kind = ? ORDER BY n DESC LIMIT 1");
  const last = <Kind extends keyof Lines>(kind: Kind): Lines[Kind] | null => {
    const row = newest.get(kind);
    return row === undefined ? null : (JSON.parse(String(row["text"])) as Lines[Kind]);
  };
  return {
    get: (payoutId: string, attempt: number) => toLine(one.get(payoutId, attempt)),
    latest: (payoutId: string) => toLine(highest.get(payoutId)),
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
    isKnown: (txid: string) => known.get(txid) !== undefined,
    isPaidElsewhere: (payoutId: string) => paid.get(payoutId) !== undefined,
    comparedTo: () => last("compared")?.block ?? null,
    acceptedMs: () => last("accepted")?.at_ms ?? 0,
    figures: () => ({ ...figures.get() }) as ReturnType<Journal["figures"]>,
  };
};

const toLine = (row: Record<string, unknown> | undefined): SignedLine | null =>
  row === undefined ? null : (JSON.parse(String(row["text"])) as SignedLine);

const createWrites = (
  file: DatabaseSync,
  markPath: string,
): Pick<Journal, "add" | "highestFence"> & Disposable => {
  let highest = readHighestFence(file);
  return {
    highestFence: () => highest,
    add: (kind, line) => {
      append(file, kind, line);
      writeMark(markPath, endOf(file));
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
  const { lines: n, hash: before } = endOf(file);
  const text = lineText(line);
  const hash = lineHash(before, kind, text);
  file
    .prepare("INSERT INTO lines (n, kind, text, hash) VALUES (?, ?, ?, ?)")
    .run(n, kind, text, hash);
};
