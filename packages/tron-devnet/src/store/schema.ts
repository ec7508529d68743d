/** Account and token states are kept per block, so that the solidified state can be read beside the newest one. */
export const SCHEMA = `
CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS blocks (
  number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, parent_id TEXT NOT NULL, timestamp_ms INTEGER NOT NULL, header BLOB NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS transactions (
  txid TEXT PRIMARY KEY, block INTEGER NOT NULL, position INTEGER NOT NULL, bytes BLOB NOT NULL, execution TEXT NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS transactions_by_block ON transactions (block, position);
CREATE TABLE IF NOT EXISTS pending (
  txid TEXT PRIMARY KEY, position INTEGER NOT NULL, bytes BLOB NOT NULL, fate TEXT NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS account_states (
  address TEXT NOT NULL, block INTEGER NOT NULL, state TEXT NOT NULL, PRIMARY KEY (address, block)
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS token_states (block INTEGER PRIMARY KEY, state TEXT NOT NULL) STRICT;
`;
