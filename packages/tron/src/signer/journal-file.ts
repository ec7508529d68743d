import { existsSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { reasonOf, SignerFault } from "./fault.ts";
import { lineHash, NO_LINE_HASH } from "./journal-lines.ts";

/** Columns follow from the text, so that the chain of hashes covers everything that is asked for. */
const SCHEMA = `
  CREATE TABLE lines (
    n INTEGER PRIMARY KEY, kind TEXT NOT NULL, text TEXT NOT NULL, hash TEXT NOT NULL,
    payout_id TEXT AS (text ->> '$.payout_id'), attempt INTEGER AS (text ->> '$.attempt'),
    account TEXT AS (text ->> '$.account'), seq INTEGER AS (text ->> '$.seq'),
    txid TEXT AS (text ->> '$.txid'),
    at_ms INTEGER AS (text ->> '$.at_ms'), fence INTEGER AS (text ->> '$.fence')
  ) STRICT;
  CREATE UNIQUE INDEX lines_once ON lines (kind, payout_id, attempt) WHERE payout_id IS NOT NULL;
  CREATE INDEX lines_account ON lines (account, seq);
  CREATE INDEX lines_txid ON lines (txid);
  CREATE INDEX lines_time ON lines (at_ms);
`;

const SQLITE_BUSY = 5;

/** Opens a journal that is there, as the only one. Throws `signer.journal.missing`, `.locked` or `.damaged`. */
export const openJournalFile = (path: string): DatabaseSync => {
  if (!existsSync(path))
    throw new SignerFault(
      "signer.journal.missing",
      `there is no journal at ${path}. If this wallet never signed before: lucid signer init. Otherwise put the journal back: without it this signer could sign a second time`,
    );
  const file = lock(path);
  try {
    assertWhole(file);
    return file;
  } catch (cause) {
    file.close();
    throw new SignerFault(
      "signer.journal.damaged",
      `the journal ${path} is damaged (${reasonOf(cause)}): put back the newest copy, and compare the wallet's transfers with it before anything is signed`,
      { cause },
    );
  }
};

/** Makes an empty one. Throws `signer.journal.exists`. */
export const makeJournalFile = (path: string): DatabaseSync => {
  if (existsSync(path))
    throw new SignerFault("signer.journal.exists", `${path} is a journal already, and stays`);
  const file = lock(path);
  file.exec(SCHEMA);
  return file;
};

/** The system lets go of the lock whichever way the process ends; every commit is on the disk before it returns. */
const lock = (path: string): DatabaseSync => {
  let file: DatabaseSync | null = null;
  try {
    file = new DatabaseSync(path, { timeout: 0 });
    file.exec(
      "PRAGMA locking_mode = EXCLUSIVE; PRAGMA synchronous = EXTRA; BEGIN EXCLUSIVE; COMMIT",
    );
    return file;
  } catch (cause) {
    file?.close();
    throw isBusy(cause)
      ? new SignerFault("signer.journal.locked", `another signer uses ${path}: stop it first`)
      : new SignerFault("signer.journal.damaged", `${path}: ${reasonOf(cause)}`, { cause });
  }
};

const isBusy = (error: unknown): boolean =>
  error instanceof Error &&
  "errcode" in error &&
  typeof error.errcode === "number" &&
  (error.errcode & 0xff) === SQLITE_BUSY;

/** Throws what is wrong with its pages or its lines. */
export const assertWhole = (file: DatabaseSync): void => {
  const { integrity_check: verdict } = file.prepare("PRAGMA integrity_check(1)").get() ?? {};
  if (verdict !== "ok") throw new Error(String(verdict));
  let before = NO_LINE_HASH;
  let next = 0;
  for (const line of file.prepare("SELECT n, kind, text, hash FROM lines ORDER BY n").iterate()) {
    const { n, kind, text, hash } = line as { n: number; kind: string; text: string; hash: string };
    if (n !== next) throw new Error(`line ${next} is missing`);
    before = lineHash(before, kind, text);
    if (hash !== before) throw new Error(`line ${n} is not as it was written`);
    next++;
  }
  if (next === 0) throw new Error("it has no first line");
};
