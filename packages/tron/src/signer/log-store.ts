import { DatabaseSync } from "node:sqlite";
import type {
  AddressChange,
  AddressChangeCancellation,
  Genesis,
  LedgerEntry,
} from "@lucid/protocol";
import type { WalkState } from "@lucid/verify";

/** How far the log was read: everything below `size` is taken in; `walk` links what follows to it. */
export type LogState = {
  readonly genesis: Genesis;
  readonly size: number;
  readonly walk: WalkState;
  /** The last checkpoint that was seen, of which every later one must be a continuation; root in hex. */
  readonly trusted: { readonly size: number; readonly root: string };
  /** The slot of the last block. */
  readonly slot: number;
};

/** What decides about owners' addresses, in the order of the log. */
export type AddressFact =
  | { readonly kind: "enrol"; readonly slot: number; readonly data: string }
  | { readonly kind: "change"; readonly slot: number; readonly data: AddressChange }
  | { readonly kind: "cancel"; readonly slot: number; readonly data: AddressChangeCancellation };

export type Node = { readonly publicKey: string; readonly ownerId: string };
export type SealedDebit = { readonly entry: LedgerEntry; readonly slot: number };

/** What the signer keeps of the log; it can be made again from the log at any time. */
export type LogStore = Disposable & {
  state(): LogState | null;
  facts(): Iterable<AddressFact>;
  node(nodeId: string): Node | null;
  debit(account: string, seq: number): SealedDebit | null;
  isReversed(payoutId: string): boolean;
  addFact(fact: AddressFact): void;
  addNode(nodeId: string, node: Node): void;
  /** False when another entry stands at this place. */
  addDebit(debit: SealedDebit): boolean;
  addReversal(payoutId: string): void;
  begin(): void;
  commit(state: LogState): void;
  rollback(): void;
};

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS state (id INTEGER PRIMARY KEY CHECK (id = 1), text TEXT NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS facts (n INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS nodes (node_id TEXT PRIMARY KEY, text TEXT NOT NULL) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS debits (account TEXT, seq INTEGER, text TEXT NOT NULL, PRIMARY KEY (account, seq)) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS reversals (payout_id TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
`;

export const openLogStore = (path: string): LogStore => {
  const file = new DatabaseSync(path, { timeout: 0 });
  file.exec("PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL");
  file.exec(SCHEMA);
  return { ...createReads(file), ...createWrites(file) };
};

const createReads = (file: DatabaseSync) => {
  const state = file.prepare("SELECT text FROM state");
  const facts = file.prepare("SELECT text FROM facts ORDER BY n");
  const node = file.prepare("SELECT text FROM nodes WHERE node_id = ?");
  const debit = file.prepare("SELECT text FROM debits WHERE account = ? AND seq = ?");
  const reversal = file.prepare("SELECT 1 FROM reversals WHERE payout_id = ?");
  return {
    state: () => parse(state.get()) as LogState | null,
    *facts() {
      for (const row of facts.iterate()) yield parse(row) as AddressFact;
    },
    node: (nodeId: string) => parse(node.get(nodeId)) as Node | null,
    debit: (account: string, seq: number) => parse(debit.get(account, seq)) as SealedDebit | null,
    isReversed: (payoutId: string) => reversal.get(payoutId) !== undefined,
  };
};

const parse = (row: Record<string, unknown> | undefined): unknown =>
  row === undefined ? null : JSON.parse(String(row["text"]));

const createWrites = (file: DatabaseSync) => {
  const state = file.prepare("INSERT OR REPLACE INTO state (id, text) VALUES (1, ?)");
  const fact = file.prepare("INSERT INTO facts (text) VALUES (?)");
  const node = file.prepare("INSERT INTO nodes (node_id, text) VALUES (?, ?)");
  const debit = file.prepare("INSERT OR IGNORE INTO debits (account, seq, text) VALUES (?, ?, ?)");
  const reversal = file.prepare("INSERT OR IGNORE INTO reversals (payout_id) VALUES (?)");
  return {
    addFact: (value: AddressFact) => void fact.run(JSON.stringify(value)),
    addNode: (nodeId: string, value: Node) => void node.run(nodeId, JSON.stringify(value)),
    addDebit: (value: SealedDebit) =>
      debit.run(value.entry.account, value.entry.seq, JSON.stringify(value)).changes === 1,
    addReversal: (payoutId: string) => void reversal.run(payoutId),
    begin: () => file.exec("BEGIN"),
    commit: (value: LogState) => {
      state.run(JSON.stringify(value));
      file.exec("COMMIT");
    },
    rollback: () => {
      if (file.isTransaction) file.exec("ROLLBACK");
    },
    [Symbol.dispose]: () => file.close(),
  };
};
