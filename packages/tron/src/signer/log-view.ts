import {
  type AddressBook,
  createAddressBook,
  fromHex,
  type LedgerEntry,
  toHex,
} from "@lucid/protocol";
import { type Log, openLog, type Source } from "@lucid/verify";
import { reasonOf } from "./fault.ts";
import { createLogFold, ownerOf, replayFacts } from "./log-fold.ts";
import type { LogState, LogStore } from "./log-store.ts";

/** A debit as the public log shows it. */
export type ProvenDebit = {
  readonly entry: LedgerEntry;
  /** Of the block that seals it. */
  readonly slot: number;
  /** The owner's address in force when it was decided; null for nobody's account. */
  readonly address: string | null;
  readonly isReversed: boolean;
};

/** The public log as this signer reads it, proven block by block from the first one on. */
export type LogView = {
  /** Takes in what is new. Throws LogError, SourceError or `signer.log.lie`. */
  refresh(): Promise<LogState>;
  debit(account: string, seq: number): ProvenDebit | null;
  state(): LogState | null;
  /** Why it could not be read the last time; null when it could. */
  problem(): string | null;
};

export type LogViewOptions = {
  readonly networkId: string;
  /** Where a change of keys has replaced the genesis's log key. */
  readonly logKey?: string | undefined;
  /** Stops reading between two blocks. */
  readonly signal?: AbortSignal | undefined;
};

/** Blocks taken in between two commits. */
const BATCH = 200;

export const createLogView = (
  { source, store }: { readonly source: Source; readonly store: LogStore },
  { networkId, logKey, signal }: LogViewOptions,
): LogView => {
  let book: AddressBook | null = null;
  let running: Promise<LogState> | null = null;
  let problem: string | null = null;

  const bookOf = ({ genesis }: Pick<LogState, "genesis">): AddressBook => {
    if (book !== null) return book;
    const empty = createAddressBook({ genesis, networkId });
    replayFacts({ store, book: empty });
    return (book = empty);
  };

  const refresh = async (): Promise<LogState> => {
    const log = await openLog(source, { networkId, ...(logKey !== undefined && { logKey }) });
    const before = store.state();
    if (before !== null) {
      const { size, root } = before.trusted;
      await log.extend({ size, root: fromHex(root, 32) });
    }
    try {
      return await takeIn(log, before);
    } catch (error) {
      store.rollback();
      // It may hold what was not committed.
      book = null;
      throw error;
    }
  };

  const takeIn = async (log: Log, before: LogState | null): Promise<LogState> => {
    const { genesis, checkpoint } = log;
    const fold = createLogFold({ network: { genesis, networkId }, store, book: bookOf(log) });
    const trusted = { size: checkpoint.size, root: toHex(checkpoint.root) };
    const first = { size: 0, walk: log.start, slot: genesis.first_slot - 1 };
    let state: LogState = { ...(before ?? first), genesis, trusted };
    let held = 0;
    for await (const block of log.blocks(state.size, checkpoint.size, state.walk)) {
      signal?.throwIfAborted();
      if (held++ === 0) store.begin();
      fold(block);
      state = { ...state, size: block.height + 1, walk: block.state, slot: block.header.slot };
      if (held < BATCH) continue;
      store.commit(state);
      held = 0;
    }
    if (held === 0) store.begin();
    store.commit(state);
    return state;
  };

  return {
    refresh: () =>
      (running ??= refresh()
        .then(
          (state) => {
            problem = null;
            return state;
          },
          (error: unknown) => {
            problem = reasonOf(error);
            throw error;
          },
        )
        .finally(() => {
          running = null;
        })),
    debit(account, seq) {
      const state = store.state();
      const found = store.debit(account, seq);
      const owner = ownerOf(account);
      if (state === null || found === null || owner === null) return null;
      const { entry, slot } = found;
      const address = bookOf(state).addressAt(owner, entry.at);
      return { entry, slot, address, isReversed: store.isReversed(entry.key.slice(7)) };
    },
    state: () => store.state(),
    problem: () => problem,
  };
};
