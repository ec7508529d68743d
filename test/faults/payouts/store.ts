import { type Documents, openDocuments } from "@lucid/platform/documents";
import { createTestDatabase } from "../../../packages/platform/src/documents/mongodb/testing/server.ts";
import { holdsCollections } from "../../../packages/node-management/src/holds/index.ts";
import { ledgerCollections } from "../../../packages/node-management/src/ledger/index.ts";
import { payoutsCollections } from "../../../packages/node-management/src/payouts/index.ts";
import { treasuryCollections } from "../../../packages/node-management/src/treasury/index.ts";

/** A store that can be put back to before any of its writes, or copied as it is. */
export type RewindableStore = AsyncDisposable & {
  readonly documents: Documents;
  /** How many writes were done. */
  readonly writes: number;
  /** Puts it back to when it had that many. */
  rewind(writes: number): Promise<void>;
  /** Another store with the same content. */
  copy(): Promise<RewindableStore>;
};

/** What a payer reads and writes. */
const COLLECTIONS = [
  ...ledgerCollections,
  ...holdsCollections,
  ...treasuryCollections,
  ...payoutsCollections,
];

/** Empty stores: one that was used is emptied and used again, which is faster than another. */
export type StorePool = AsyncDisposable & {
  take(): Promise<Documents>;
  give(store: Documents): Promise<void>;
};

/** Where stores are: in memory, or databases of their own on a server of MongoDB's protocol. */
export type Engine = "sqlite" | { readonly mongodb: string };

export const createStorePool = (engine: Engine): StorePool => {
  const free: Documents[] = [];
  const databases = new AsyncDisposableStack();
  const open = (): Promise<Documents> => {
    if (engine === "sqlite")
      return openDocuments({ engine: "sqlite", path: ":memory:" }, COLLECTIONS);
    const { uri } = databases.use(createTestDatabase(engine.mongodb));
    return openDocuments({ engine: "mongodb", uri }, COLLECTIONS);
  };
  return {
    take: async () => free.pop() ?? open(),
    give: async (store) => {
      await empty(store);
      free.push(store);
    },
    [Symbol.asyncDispose]: async () => {
      for (const store of free) await store[Symbol.asyncDispose]();
      await databases.disposeAsync();
    },
  };
};

const empty = async (store: Documents): Promise<void> => {
  for (const definition of COLLECTIONS) {
    const collection = store.collection(definition);
    for (const { id } of await collection.find()) await collection.remove(id);
  }
};

type Write = (store: Documents) => Promise<unknown>;

/** A store from the pool, with these writes done. */
export const openRewindableStore = async (
  pool: StorePool,
  before: readonly Write[] = [],
): Promise<RewindableStore> => {
  let log: Write[] = [];
  const current = await pool.take();

  const replay = async (writes: readonly Write[]) => {
    for (const write of writes) await write(current);
    log = [...writes];
  };
  await replay(before);

  const wrap: Documents["collection"] = (definition) => {
    const real = current.collection(definition);
    const write = async <R extends { outcome: string }>(
      run: (collection: typeof real) => Promise<R>,
    ): Promise<R> => {
      const written = await run(real);
      if (written.outcome === "done") log.push((store) => run(store.collection(definition)));
      return written;
    };
    return {
      ...real,
      insert: (document) => write((to) => to.insert(document)),
      insertMany: (documents) => write((to) => to.insertMany(documents)),
      update: (id, patch, options) => write((to) => to.update(id, patch, options)),
      remove: (id, options) => write((to) => to.remove(id, options)),
    };
  };

  return {
    documents: { ...current, collection: wrap },
    get writes() {
      return log.length;
    },
    rewind: async (writes) => {
      const kept = log.slice(0, writes);
      await empty(current);
      await replay(kept);
    },
    copy: () => openRewindableStore(pool, log),
    [Symbol.asyncDispose]: () => pool.give(current),
  };
};
