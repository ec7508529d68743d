import type { Block, ChainPort, Reading, TransferLog } from "@lucid/tron";
import type { WalletView } from "./contract.ts";

/** The solidified block moves every few seconds; three questions fit in between, sooner or later. */
const MAX_TRIES = 5;

const unknown = (reason: string): Reading<never> => ({ ok: false, code: "unknown", reason });

/**
 * What an endpoint shows of a wallet after block `after`: Transfers, and the balance at the same solidified block. Every
 * log is looked up in its block, unless the logs are trusted because there are too many of them.
 */
export const readWallet = async (
  chain: ChainPort,
  wallet: string,
  after: number,
  { trustLogs = false }: { trustLogs?: boolean } = {},
): Promise<Reading<WalletView>> => {
  const still = await readStill(chain, wallet);
  if (!still.ok) return still;
  const { block, tokenMicro } = still.value;
  const head = await chain.head();
  if (!head.ok) return head;
  if (block.number < after)
    return unknown(
      `its newest solidified block is ${block.number}, and ${after} was seen before: it is behind`,
    );
  const out = await chain.transfersOut(wallet, after + 1, block.number + 1);
  if (!out.ok) return out;
  const received = await chain.transfersIn(wallet, after + 1, block.number + 1);
  if (!received.ok) return received;
  const held = await checkBlocks(chain, trustLogs ? [] : out.value);
  if (!held.ok) return held;
  const unsettled = await chain.transfersOut(
    wallet,
    block.number + 1,
    Math.max(head.value.number, block.number) + 1,
  );
  if (!unsettled.ok) return unsettled;
  return {
    ok: true,
    value: {
      number: block.number,
      blockId: block.id,
      blockAtMs: block.timestampMs,
      tokenMicro,
      out: out.value,
      in: received.value,
      unsettled: unsettled.value,
    },
  };
};

/** The balance at one solidified block: the block before and after the question has to be the same. */
const readStill = async (
  chain: ChainPort,
  wallet: string,
): Promise<Reading<{ block: Block; tokenMicro: bigint }>> => {
  for (let tries = 0; tries < MAX_TRIES; tries++) {
    const before = await chain.solidHead();
    if (!before.ok) return before;
    const balances = await chain.balances(wallet);
    if (!balances.ok) return balances;
    const after = await chain.solidHead();
    if (!after.ok) return after;
    if (before.value.id === after.value.id)
      return {
        ok: true,
        value: { block: after.value, tokenMicro: balances.value.tokenMicro },
      };
  }
  return unknown("the solidified block changed each time the balance was read");
};

/** Logs are one door of a node and blocks another: a log counts when its solidified block holds the transaction. */
const checkBlocks = async (
  chain: ChainPort,
  transfers: readonly TransferLog[],
): Promise<Reading<null>> => {
  for (const number of new Set(transfers.map(({ blockNumber }) => blockNumber))) {
    const blocks = await chain.solidBlocks(number, number + 1);
    if (!blocks.ok) return blocks;
    const txids = new Set(blocks.value[0]?.txids);
    const stray = transfers.find((log) => log.blockNumber === number && !txids.has(log.txid));
    if (stray !== undefined)
      return unknown(`a log names transaction ${stray.txid}, which block ${number} does not hold`);
  }
  return { ok: true, value: null };
};

/** The id of a solidified block. */
export const readBlockId = async (chain: ChainPort, number: number): Promise<Reading<string>> => {
  const blocks = await chain.solidBlocks(number, number + 1);
  if (!blocks.ok) return blocks;
  const [block] = blocks.value;
  return block === undefined
    ? unknown(`block ${number} is not there`)
    : { ok: true, value: block.id };
};

/** The newest solidified block that is not after a moment; the first block when all are. */
export const findBlockAt = async (chain: ChainPort, atMs: number): Promise<Reading<Block>> => {
  const head = await chain.solidHead();
  if (!head.ok || head.value.timestampMs <= atMs) return head;
  let low = 0;
  let high = head.value.number;
  let found = await readBlock(chain, low);
  while (found.ok && high - low > 1) {
    const middle = low + Math.floor((high - low) / 2);
    const block = await readBlock(chain, middle);
    if (!block.ok) return block;
    if (block.value.timestampMs > atMs) high = middle;
    else [low, found] = [middle, block];
  }
  return found;
};

const readBlock = async (chain: ChainPort, number: number): Promise<Reading<Block>> => {
  const blocks = await chain.solidBlocks(number, number + 1);
  if (!blocks.ok) return blocks;
  const [block] = blocks.value;
  return block === undefined ? unknown(`block ${number} is not there`) : { ok: true, value: block };
};
