import type { Block, BlockRef, ChainPort, Reading } from "../port.ts";

export type Evidence<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly contradicts: boolean; readonly why: string };

/** An attempt as far as its death can be proven. */
export type Mortal = {
  readonly txid: string;
  readonly refBlock: BlockRef;
  readonly expirationMs: number;
};

/** The chain as this signer's own endpoints show it. */
export type ChainView = {
  /** Whether a solidified block is part of this chain: a transfer names no chain but by it. */
  holdsBlock(block: BlockRef): Promise<Evidence<null>>;
  /** Proof from every endpoint, at least two, that a transfer never got in and never can: the block that ends it. */
  proveExpired(attempt: Mortal): Promise<Evidence<number>>;
};

const STEP = 100;
/** A transaction lives for 24 hours at the most; a public chain makes a block every 3 seconds. */
const MOST_BLOCKS = 40_000;

const unknown = (why: string): Evidence<never> => ({ ok: false, contradicts: false, why });
const contradicted = (why: string): Evidence<never> => ({ ok: false, contradicts: true, why });

export const createChainView = (
  chains: readonly ChainPort[],
  { genesisBlockId }: { readonly genesisBlockId: string },
): ChainView => {
  const verified = new Set<ChainPort>();

  const verify = async (chain: ChainPort): Promise<Evidence<null>> => {
    if (verified.has(chain)) return { ok: true, value: null };
    const found = await chain.genesisBlockId();
    if (!found.ok) return unknown(`an endpoint could not be asked for its chain (${found.reason})`);
    if (found.value !== genesisBlockId) return contradicted("an endpoint serves another chain");
    verified.add(chain);
    return { ok: true, value: null };
  };

  const proveBy = async (chain: ChainPort, attempt: Mortal): Promise<Evidence<number>> => {
    const right = await verify(chain);
    return right.ok ? scan(chain, attempt) : right;
  };

  return {
    async holdsBlock(block) {
      const reasons: string[] = [];
      for (const chain of chains) {
        const right = await verify(chain);
        if (!right.ok && right.contradicts) return right;
        const found = right.ok
          ? firstOf(await chain.solidBlocks(block.number, block.number + 1))
          : right;
        if (found.ok) return compare(found.value, block);
        reasons.push(found.why);
      }
      return unknown(`block ${block.number} could not be read (${reasons.join("; ")})`);
    },
    async proveExpired(attempt) {
      if (chains.length < 2)
        return unknown(
          "proof that it expired needs two endpoints, and one is set: a person decides",
        );
      const proofs = await Promise.all(chains.map((chain) => proveBy(chain, attempt)));
      return proofs.find((proof) => !proof.ok) ?? (proofs[0] as Evidence<number>);
    },
  };
};

const compare = (found: Block, { number, id }: BlockRef): Evidence<null> =>
  found.id === id
    ? { ok: true, value: null }
    : contradicted(`block ${number} of this chain is ${found.id}, not ${id}`);

const firstOf = (reading: Reading<Block[]>): Evidence<Block> => {
  if (!reading.ok) return unknown(reading.reason);
  const [block] = reading.value;
  return block === undefined ? unknown("the endpoint served no block") : { ok: true, value: block };
};

/** Every solidified block from the reference block to the first one later than the expiration, linked, without the txid. */
const scan = async (chain: ChainPort, attempt: Mortal): Promise<Evidence<number>> => {
  const { txid, refBlock, expirationMs } = attempt;
  const solid = await chain.solidHead();
  if (!solid.ok) return unknown(solid.reason);
  if (solid.value.timestampMs <= expirationMs)
    return unknown(
      "it can still enter the chain: no solidified block is later than its expiration",
    );
  let before: Block | null = null;
  for (let from = refBlock.number; from < refBlock.number + MOST_BLOCKS; from += STEP) {
    const part = await chain.solidBlocks(from, Math.min(from + STEP, solid.value.number + 1));
    if (!part.ok) return unknown(part.reason);
    for (const block of part.value) {
      if (before === null && block.id !== refBlock.id)
        return unknown(`block ${block.number} is not the one that it names`);
      if (before !== null && block.parentId !== before.id)
        return unknown(`block ${block.number} does not link to its parent`);
      if (block.txids.includes(txid)) return contradicted(`it is in block ${block.number}`);
      if (block.timestampMs > expirationMs) return { ok: true, value: block.number };
      before = block;
    }
    if (part.value.length === 0) break;
  }
  return unknown("the blocks up to its expiration could not all be read");
};
