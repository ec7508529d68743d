import type { Block, ChainPort, Reading, TransferLog } from "@lucid/tron";
import type { WalletView } from "./contract.ts";

/** A Transfer falls between two questions now and then; not each time. */
const MAX_TRIES = 5;
/** So many blocks are looked into, the newest ones; older ones were long solidified when they were first asked for. */
const MAX_BLOCKS = 500;

const unknown = (reason: string): Reading<never> => ({ ok: false, code: "unknown", reason });

/**
 * What an endpoint shows of a wallet after block `after`: Transfers, and the balance that they leave, at one solidified
 * block. Every log is looked up in its block, unless the logs are trusted because there are too many of them.
 */
export const readWallet = async (
  chain: ChainPort,
  wallet: string,
  after: number,
  { trustLogs = false }: { trustLogs?: boolean } = {},
): Promise<Reading<WalletView>> => {
  for (let tries = 0; tries < MAX_TRIES; tries++) {
    const still = await readStill(chain, wallet, after);
    if (!still.ok) return still;
    if (still.value === null) continue;
    const held = await checkBlocks(chain, trustLogs ? [] : still.value.out);
    if (!held.ok) return held;
    const unsettled = await readUnsettled(chain, wallet, still.value.number);
    if (!unsettled.ok) return unsettled;
    return { ok: true, value: { ...still.value, unsettled: unsettled.value } };
  }
  return unknown("money moved each time the balance was read");
};

/** Null when something moved while the balance was read, so that it may be that of before or of after. */
const readStill = async (
  chain: ChainPort,
  wallet: string,
  after: number,
): Promise<Reading<Omit<WalletView, "unsettled"> | null>> => {
  const before = await chain.solidHead();
  if (!before.ok) return before;
  const balances = await chain.balances(wallet);
  if (!balances.ok) return balances;
  const block = await chain.solidHead();
  if (!block.ok) return block;
  const { number, id: blockId, timestampMs: blockAtMs } = block.value;
  if (number < after)
    return unknown(
      `its newest solidified block is ${number}, and ${after} was seen before: it is behind`,
    );
  const out = await chain.transfersOut(wallet, after + 1, number + 1);
  if (!out.ok) return out;
  const received = await chain.transfersIn(wallet, after + 1, number + 1);
  if (!received.ok) return received;
  const isMoving = [...out.value, ...received.value].some(
    ({ blockNumber }) => blockNumber > before.value.number,
  );
  if (isMoving) return { ok: true, value: null };
  const { tokenMicro } = balances.value;
  return {
    ok: true,
    value: { number, blockId, blockAtMs, tokenMicro, out: out.value, in: received.value },
  };
};

/** What left in blocks that may still be reorganised away: a copy of this store may be paying right now. */
const readUnsettled = async (
  chain: ChainPort,
  wallet: string,
  solidNumber: number,
): Promise<Reading<TransferLog[]>> => {
  const head = await chain.head();
  if (!head.ok) return head;
  if (head.value.number <= solidNumber) return { ok: true, value: [] };
  return chain.transfersOut(wallet, solidNumber + 1, head.value.number + 1);
};

/** Logs are one door of a node and blocks another: a log counts when its solidified block holds the transaction. */
const checkBlocks = async (
  chain: ChainPort,
  transfers: readonly TransferLog[],
): Promise<Reading<null>> => {
  const numbers = [...new Set(transfers.map(({ blockNumber }) => blockNumber))];
  for (const number of numbers.slice(-MAX_BLOCKS)) {
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
