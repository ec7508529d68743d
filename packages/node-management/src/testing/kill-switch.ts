import {
  type Collection,
  type Documents,
  DocumentsError,
  type Written,
} from "@lucid/platform/documents";
import type { ChainPort } from "@lucid/tron";

/** How an operation goes wrong: the process dies around it, or its answer is lost and the process lives on. */
export type Harm = "dies_before" | "dies_after" | "dies_half_way" | "answer_lost" | "never_arrived";

export const HARMS: readonly Harm[] = [
  "dies_before",
  "dies_after",
  "dies_half_way",
  "answer_lost",
  "never_arrived",
];

/** Counts the writes and chain calls of one process and harms one of them; after a death every operation fails. */
export type KillSwitch = {
  readonly operations: number;
  readonly isDead: boolean;
  documents(store: Pick<Documents, "collection">): Pick<Documents, "collection">;
  chain(port: ChainPort): ChainPort;
};

/** @param at the operation that is harmed, from 1; 0 harms none */
export const createKillSwitch = ({ at, harm }: { at: number; harm: Harm }): KillSwitch => {
  let operations = 0;
  let isDead = false;

  const die = (): never => {
    isDead = true;
    throw new DocumentsError("documents.closed", "killed");
  };
  const checkAlive = (): void => {
    if (isDead) throw new DocumentsError("documents.closed", "killed before");
  };
  /** Whether the operation that begins now is the one to harm. */
  const begin = (): boolean => {
    checkAlive();
    operations += 1;
    return operations === at;
  };

  const write = async <A>(
    real: () => Promise<A>,
    { lost, half }: { lost: A; half?: () => Promise<unknown> },
  ): Promise<A> => {
    if (!begin()) return real();
    if (harm === "dies_before") return die();
    if (harm === "never_arrived") return lost;
    if (harm === "dies_half_way" && half !== undefined) await half();
    else await real();
    return harm === "answer_lost" ? lost : die();
  };

  const collection = <T extends { id: string }>(real: Collection<T>): Collection<T> => {
    const lost: Written<T> = { outcome: "unknown", reason: "the answer was lost" };
    const read = async <R>(real: () => Promise<R>): Promise<R> => {
      checkAlive();
      return real();
    };
    return {
      insert: (document) => write(() => real.insert(document), { lost }),
      insertMany: (documents) =>
        write(() => real.insertMany(documents), {
          lost: { outcome: "unknown", inserted: 0, reason: "the answer was lost" },
          half: () => real.insertMany(documents.slice(0, documents.length >> 1)),
        }),
      update: (id, patch, options) => write(() => real.update(id, patch, options), { lost }),
      remove: (id, options) => write(() => real.remove(id, options), { lost }),
      get: (id) => read(() => real.get(id)),
      find: (query) => read(() => real.find(query)),
      count: (query) => read(() => real.count(query)),
      sum: (query) => read(() => real.sum(query)),
    };
  };

  const call = async <R>(real: () => Promise<R>, lost: R): Promise<R> => {
    if (!begin()) return real();
    if (harm === "dies_before") return die();
    if (harm === "never_arrived") return lost;
    await real();
    return harm === "answer_lost" ? lost : die();
  };

  return {
    get operations() {
      return operations;
    },
    get isDead() {
      return isDead;
    },
    documents: (store) => ({
      collection: (definition) => collection(store.collection(definition)),
    }),
    chain: (port) => {
      const unheard = { ok: false, code: "unreachable", reason: "the answer was lost" } as const;
      return {
        name: port.name,
        token: port.token,
        genesisBlockId: () => call(() => port.genesisBlockId(), unheard),
        head: () => call(() => port.head(), unheard),
        solidHead: () => call(() => port.solidHead(), unheard),
        solidBlocks: (from, to) => call(() => port.solidBlocks(from, to), unheard),
        balances: (address) => call(() => port.balances(address), unheard),
        resources: (address) => call(() => port.resources(address), unheard),
        tokenState: (wallet) => call(() => port.tokenState(wallet), unheard),
        addressState: (address) => call(() => port.addressState(address), unheard),
        estimateEnergy: (from, to, amount) =>
          call(() => port.estimateEnergy(from, to, amount), unheard),
        prices: () => call(() => port.prices(), unheard),
        receipt: (txid) => call(() => port.receipt(txid), unheard),
        transfersOut: (wallet, from, to) =>
          call(() => port.transfersOut(wallet, from, to), unheard),
        transfersIn: (wallet, from, to) => call(() => port.transfersIn(wallet, from, to), unheard),
        historyOut: null,
        send: (signedHex) =>
          call(() => port.send(signedHex), { accepted: false, code: "UNREACHABLE", message: null }),
        buildTransfer: (request) => {
          checkAlive();
          return port.buildTransfer(request);
        },
      };
    },
  };
};
