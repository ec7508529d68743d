import type { Store } from "../store/store.ts";
import type { ChainView } from "./admission.ts";
import type { Block } from "./block.ts";
import { createFaults } from "./faults.ts";
import { allocate, openFoundation } from "./genesis.ts";
import type { Allocation } from "./genesis.ts";
import { createIntake } from "./intake.ts";
import { produceBlock } from "./production.ts";
import type { Change } from "./production.ts";
import { createWorld } from "./state.ts";
import { reorganise } from "./undo.ts";
import type { TokenSwitches } from "./state.ts";

export type Clock = { now(): number };
export type ChainOptions = {
  blockMs: number;
  solidAfter: number;
  accounts: Allocation[];
  /** Whether blocks are signed by their witness; they are when nothing is said. */
  isSigned?: boolean;
};
export type Chain = ReturnType<typeof openChain>;

/** A chain of one producer: what it accepts goes into the next block, and nothing is reorganised unless a fault says so. */
export function openChain({ store, clock }: { store: Store; clock: Clock }, options: ChainOptions) {
  const foundation = openFoundation(store, clock.now(), { isSigned: options.isSigned ?? true });
  const faults = createFaults();

  const head = (): Block => {
    const block = store.head();
    if (block === null) throw new Error("the chain has no genesis block");
    return block;
  };
  const view = (): ChainView => {
    const newest = head();
    const state = store.stateAt(newest.number);
    return { head: newest, state, tokenAddress: foundation.token.address, block: store.block };
  };
  const produce = (change: Change = () => undefined): Block => {
    const old = head();
    const token = store.stateAt(old.number).token();
    const isOther = reorganise(store, old, ({ timestampMs }) =>
      produceBlock({ store, foundation }, { parent: head(), timestampMs }),
    );
    const parent = head();
    const nowMs = clock.now() + faults.skewMs();
    const timestampMs = Math.max(nowMs, parent.timestampMs + options.blockMs);
    const changeAll: Change = (world) => {
      if (isOther) world.setToken(token);
      change(world);
    };
    return produceBlock({ store, foundation }, { parent, timestampMs, change: changeAll });
  };

  fund(store, options.accounts, produce);
  return {
    ...foundation,
    store,
    faults,
    head,
    solidNumber: () => Math.max(0, head().number - options.solidAfter),
    broadcast: createIntake({ store, faults, view }),
    mine: (count: number): Block[] =>
      store.atomically(() => Array.from({ length: count }, () => produce())),
    /** Switches the token, in a block of its own. */
    setToken: (switches: Partial<TokenSwitches>): Block =>
      store.atomically(() => produce((world) => world.setToken({ ...world.token(), ...switches }))),
  };
}

/** Accounts go into the genesis state of a new chain, and into a new block of one that does not know them. */
function fund(store: Store, accounts: Allocation[], produce: (change: Change) => Block): void {
  const number = store.head()?.number ?? 0;
  const world = createWorld(store.stateAt(number));
  allocate(world, accounts);
  if (world.changes().accounts.size === 0) return;
  store.atomically(() => {
    if (number === 0) store.addState(0, world);
    else produce((next) => allocate(next, accounts));
  });
}
