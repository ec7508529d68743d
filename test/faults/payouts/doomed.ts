import {
  type Collection,
  type Documents,
  DocumentsError,
  type Written,
} from "@lucid/platform/documents";
import { type ChainPort, type Signer, TronError } from "@lucid/tron";
import { isOperationHarm, type OperationHarm } from "./harms.ts";
import type { Schedule, Step } from "./schedule.ts";

/** Counts the writes, chain calls and signatures of a payer over its lives, and lets the steps of a schedule happen to them. */
export type Doom = {
  readonly operations: number;
  /** Operations that were writes, by their number. */
  readonly writes: readonly number[];
  /** Whether the present life is over: every operation fails until the next. */
  readonly isDead: boolean;
  readonly documents: (store: Pick<Documents, "collection">) => Pick<Documents, "collection">;
  readonly chain: (port: ChainPort) => ChainPort;
  readonly signer: (signer: Signer) => Signer;
  readonly die: () => never;
  revive(): void;
  /** Lets everything that was late arrive. */
  arrive(): Promise<void>;
};

/** What an operation answers when nothing is heard of it, or when it is said to have failed. */
type Unheard<A> = {
  readonly lost: () => A;
  readonly refused: () => A;
  readonly isWrite?: boolean;
};

/** @param happen what a step does to the world, right before its operation */
export const createDoom = (
  { steps: plan }: Schedule,
  happen: (step: Step, doom: Doom) => Promise<void>,
): Doom => {
  let operations = 0;
  const writes: number[] = [];
  let isDead = false;
  let late: (() => Promise<unknown>)[] = [];

  const die = (): never => {
    isDead = true;
    throw new DocumentsError("documents.closed", "killed");
  };
  const checkAlive = (): void => {
    if (isDead) throw new DocumentsError("documents.closed", "killed before");
  };

  const operate: Operate = async (real, { lost, refused, isWrite = false }) => {
    checkAlive();
    operations += 1;
    if (isWrite) writes.push(operations);
    const steps = plan.filter(({ at }) => at === operations);
    for (const step of steps) if (!isOperationHarm(step.harm)) await happen(step, doom);
    checkAlive();
    const harm = steps.find((step) => isOperationHarm(step.harm))?.harm as
      | OperationHarm
      | undefined;
    if (harm === undefined) return real();
    if (harm === "dies_before") return die();
    if (harm === "never_arrived") return lost();
    if (harm === "late") {
      late.push(real);
      return lost();
    }
    const answer = await real();
    if (harm === "dies_after") return die();
    if (harm === "twice") return real();
    if (harm === "error_answered") return refused();
    return harm === "answer_lost" ? lost() : answer;
  };

  const doom: Doom = {
    get operations() {
      return operations;
    },
    writes,
    get isDead() {
      return isDead;
    },
    documents: (store) => ({
      collection: (definition) => wrapCollection(store.collection(definition), operate, checkAlive),
    }),
    chain: (port) => wrapChain(port, operate),
    signer: (signer) => ({
      address: signer.address,
      sign: (unsigned, order) => operate(async () => signer.sign(unsigned, order), UNSIGNED),
    }),
    die,
    revive: () => {
      isDead = false;
    },
    arrive: async () => {
      const arriving = late;
      late = [];
      for (const real of arriving) await real().catch(() => null);
    },
  };
  return doom;
};

type Operate = <A>(real: () => Promise<A>, unheard: Unheard<A>) => Promise<A>;

const wrapCollection = <T extends { id: string }>(
  real: Collection<T>,
  operate: Operate,
  checkAlive: () => void,
): Collection<T> => {
  const unknown = (): Written<T> => ({ outcome: "unknown", reason: "the answer was lost" });
  const none = () => ({ outcome: "unknown", inserted: 0, reason: "the answer was lost" }) as const;
  const write = (run: () => Promise<Written<T>>) =>
    operate(run, { lost: unknown, refused: unknown, isWrite: true });
  const read = async <R>(run: () => Promise<R>): Promise<R> => {
    checkAlive();
    return run();
  };
  return {
    insert: (document) => write(() => real.insert(document)),
    insertMany: (documents) =>
      operate(() => real.insertMany(documents), { lost: none, refused: none, isWrite: true }),
    update: (id, patch, options) => write(() => real.update(id, patch, options)),
    remove: (id, options) => write(() => real.remove(id, options)),
    get: (id) => read(() => real.get(id)),
    find: (query) => read(() => real.find(query)),
    count: (query) => read(() => real.count(query)),
    sum: (query) => read(() => real.sum(query)),
  };
};

const UNHEARD = { ok: false, code: "unreachable", reason: "the answer was lost" };
const REFUSED = { ok: false, code: "unknown", reason: "the node answered Error: busy" };
const UNSENT = { accepted: false, code: "UNREACHABLE", message: null };
const UNSIGNED = {
  lost: () => {
    throw new TronError("tron.signer.unreachable", "the signer cannot be asked: no answer");
  },
  refused: () => {
    throw new TronError("tron.signer.refused", "the signer refuses: it is busy");
  },
};
const NOT_TAKEN = { accepted: false, code: "SERVER_BUSY", message: "busy" };

/** Wraps every method of the port, whichever it has, except building, which asks nobody. */
const wrapChain = (port: ChainPort, operate: Operate): ChainPort =>
  Object.fromEntries(
    Object.entries(port).map(([name, member]) => {
      if (typeof member !== "function" || name === "buildTransfer") return [name, member];
      const ask = member as (...given: unknown[]) => Promise<unknown>;
      const unheard =
        name === "send"
          ? { lost: () => UNSENT, refused: () => NOT_TAKEN }
          : { lost: () => UNHEARD, refused: () => REFUSED };
      return [name, (...given: unknown[]) => operate(() => ask(...given), unheard)];
    }),
  ) as ChainPort;
