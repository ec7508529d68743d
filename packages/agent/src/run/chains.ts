import { createChain, toHex, type Genesis } from "@lucid/protocol";
import type { NodeKey } from "../folder/index.ts";

export type Chains = {
  /** `c[0]` of an epoch, hex. */
  anchor(epoch: number): string;
  /** `c[index+1]` of an epoch, hex. */
  reveal(epoch: number, index: number): string;
};

/** The node's chains, made again from the key whenever needed; the two in use are kept. */
export const createChains = (genesis: Genesis, networkId: string, key: NodeKey): Chains => {
  const kept = new Map<number, ReturnType<typeof createChain>>();
  const chainOf = (epoch: number) => {
    const known = kept.get(epoch);
    if (known !== undefined) return known;
    const made = createChain({
      seed: key.seed,
      networkId,
      publicKeyHex: key.publicKey,
      epoch,
      slots: genesis.slots_per_epoch,
    });
    kept.set(epoch, made);
    for (const old of kept.keys()) if (old < epoch - 1) kept.delete(old);
    return made;
  };
  return {
    anchor: (epoch) => toHex(chainOf(epoch).anchor),
    reveal: (epoch, index) => toHex(chainOf(epoch).reveal(index)),
  };
};
