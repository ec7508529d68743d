import type { EpochState } from "./epoch-state.ts";
import { createEpochState } from "./epoch-state.ts";

/** The states of the epochs that beacons can still belong to: the last, the open and the next one. */
export type EpochsInMemory = {
  get(epoch: number): EpochState | null;
  /** The state of an epoch, made if need be; forgets what is older than the epoch before the open one. */
  ensure(epoch: number, openEpoch: number): EpochState;
};

export const createEpochsInMemory = (slotsPerEpoch: number): EpochsInMemory => {
  const states = new Map<number, EpochState>();
  return {
    get: (epoch) => states.get(epoch) ?? null,
    ensure: (epoch, openEpoch) => {
      for (const old of states.keys()) if (old < openEpoch - 1) states.delete(old);
      const known = states.get(epoch);
      if (known !== undefined) return known;
      const state = createEpochState(epoch, slotsPerEpoch);
      states.set(epoch, state);
      return state;
    },
  };
};
