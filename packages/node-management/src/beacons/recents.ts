/** The latest beacon of every node, by ordinal. */
export type Recents = {
  /** Notes an accepted beacon. */
  heard(ordinal: number, slot: number, atMs: number, agentVersion: string | undefined): void;
  /** Notes who sent; true when two programs take turns with one key. */
  isOtherBoot(ordinal: number, bootId: string | undefined): boolean;
  get(ordinal: number): { slot: number; atMs: number; agentVersion: string | null } | null;
};

export const createRecents = (): Recents => {
  const slots: number[] = [];
  const times: number[] = [];
  const versions: (string | undefined)[] = [];
  const boots: (string | undefined)[] = [];
  const earlierBoots: (string | undefined)[] = [];
  const grow = (ordinal: number): void => {
    while (slots.length <= ordinal) {
      slots.push(-1);
      times.push(0);
      versions.push(undefined);
      boots.push(undefined);
      earlierBoots.push(undefined);
    }
  };

  return {
    heard: (ordinal, slot, atMs, agentVersion) => {
      grow(ordinal);
      if (agentVersion !== undefined && versions[ordinal] !== agentVersion)
        versions[ordinal] = agentVersion;
      if (slot < (slots[ordinal] as number)) return;
      slots[ordinal] = slot;
      times[ordinal] = atMs;
    },
    isOtherBoot: (ordinal, bootId) => {
      if (bootId === undefined) return false;
      grow(ordinal);
      const latest = boots[ordinal];
      if (latest === bootId) return false;
      // A restart brings an id that was never seen; only a program that is still alive comes back.
      const alternates = earlierBoots[ordinal] === bootId;
      earlierBoots[ordinal] = latest;
      boots[ordinal] = bootId;
      return alternates;
    },
    get: (ordinal) => {
      const slot = slots[ordinal] ?? -1;
      if (slot < 0) return null;
      return { slot, atMs: times[ordinal] as number, agentVersion: versions[ordinal] ?? null };
    },
  };
};
