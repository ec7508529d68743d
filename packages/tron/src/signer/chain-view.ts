import type { Block, BlockRef, ChainPort, Reading, TransferLog } from "../port.ts";

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
  /** Every Transfer out of the wallet that any endpoint shows in solidified blocks from a block on. */
  transfersOut(wallet: string, from: number): Promise<Evidence<SeenTransfers>>;
  /** The first solidified block that is not older than a moment (Unix ms); the next one to come if there is none. */
  firstBlockAt(atMs: number): Promise<Evidence<number>>;
};

export type SeenTransfers = {
  readonly transfers: readonly TransferLog[];
  /** The first block that not every endpoint that answered has shown. */
  readonly next: number;
  /** Time of the newest solidified block. */
  readonly solidMs: number;
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

  const readOut = async (
    chain: ChainPort,
    { wallet, from }: { wallet: string; from: number },
  ): Promise<Evidence<SeenTransfers>> => {
    const right = await verify(chain);
    if (!right.ok) return right;
    const solid = await chain.solidHead();
    if (!solid.ok) return unknown(solid.reason);
    const { number, timestampMs } = solid.value;
    const next = Math.max(from, number + 1);
    const out = await chain.transfersOut(wallet, from, next);
    if (!out.ok) return unknown(out.reason);
    return { ok: true, value: { transfers: out.value, next, solidMs: timestampMs } };
  };

  return {
    async transfersOut(wallet, from) {
      const answers = await Promise.all(chains.map((chain) => readOut(chain, { wallet, from })));
      const seen = answers.flatMap((answer) => (answer.ok ? [answer.value] : []));
      if (seen.length === 0)
        return unknown(`the wallet's Transfers could not be read (${reasonsOf(answers)})`);
      return {
        ok: true,
        value: {
          transfers: seen.flatMap(({ transfers }) => transfers),
          next: Math.min(...seen.map(({ next }) => next)),
          solidMs: Math.min(...seen.map(({ solidMs }) => solidMs)),
        },
      };
    },
    async firstBlockAt(atMs) {
      const answers: Evidence<number>[] = [];
      for (const chain of chains) {
        const right = await verify(chain);
        const found = right.ok ? await searchBlock(chain, atMs) : right;
        if (found.ok) return found;
        answers.push(found);
      }
      return unknown(`the chain could not be read (${reasonsOf(answers)})`);
    },
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

const reasonsOf = (answers: readonly Evidence<unknown>[]): string =>
  answers.flatMap((answer) => (answer.ok ? [] : [answer.why])).join("; ");

/** By halves: blocks follow in time as they do in number. */
const searchBlock = async (chain: ChainPort, atMs: number): Promise<Evidence<number>> => {
  const solid = await chain.solidHead();
  if (!solid.ok) return unknown(solid.reason);
  let [low, high] = [0, solid.value.number + 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    const block = firstOf(await chain.solidBlocks(middle, middle + 1));
    if (!block.ok) return block;
    if (block.value.timestampMs < atMs) low = middle + 1;
    else high = middle;
  }
  return { ok: true, value: low };
};

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
