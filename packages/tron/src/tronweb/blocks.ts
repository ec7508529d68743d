import type { Block, ChainPort, Reading } from "../port.ts";
import { ask, known, unknown } from "./ask.ts";
import type { HttpProvider, Providers } from "./provider.ts";
import { blockListReply, blockReply } from "./replies.ts";
import type { BlockReply } from "./replies.ts";

const MAX_RANGE = 100;
/** A busy block is several hundred KiB of JSON; more per answer would meet the size limit. */
const BLOCKS_PER_ANSWER = 10;

type BlockReads = Pick<ChainPort, "genesisBlockId" | "head" | "solidHead" | "solidBlocks">;

export function createBlockReads({ full, solidity }: Providers): BlockReads {
  return {
    async genesisBlockId() {
      const genesis = await readBlock(full, "wallet/getblockbynum", { num: 0 });
      return genesis.ok ? numbered(genesis.value, 0, (block) => block.id) : genesis;
    },
    head: () => readBlock(full, "wallet/getnowblock"),
    solidHead: () => readBlock(solidity, "walletsolidity/getnowblock"),
    solidBlocks: (from, to) => readRange(solidity, from, to),
  };
}

async function readBlock(
  provider: HttpProvider,
  path: string,
  payload = {},
): Promise<Reading<Block>> {
  const answer = await ask(provider, { path, payload, reply: blockReply });
  return answer.ok ? toBlock(answer.value) : answer;
}

async function readRange(
  provider: HttpProvider,
  from: number,
  to: number,
): Promise<Reading<Block[]>> {
  if (!Number.isSafeInteger(from) || from < 0 || to < from || to - from > MAX_RANGE) {
    return unknown(
      `block range ${from} to ${to}: ask for 0 to ${MAX_RANGE} blocks from a block number`,
    );
  }
  const blocks: Block[] = [];
  for (let start = from; start < to; start += BLOCKS_PER_ANSWER) {
    const part = await readPart(provider, start, Math.min(start + BLOCKS_PER_ANSWER, to));
    if (!part.ok) return part;
    blocks.push(...part.value);
  }
  return linked(blocks, from, to);
}

async function readPart(
  provider: HttpProvider,
  startNum: number,
  endNum: number,
): Promise<Reading<Block[]>> {
  const path = "walletsolidity/getblockbylimitnext";
  const answer = await ask(provider, {
    path,
    payload: { startNum, endNum },
    reply: blockListReply,
  });
  if (!answer.ok) return answer;
  const blocks: Block[] = [];
  for (const reply of answer.value.block) {
    const block = toBlock(reply);
    if (!block.ok) return block;
    blocks.push(block.value);
  }
  return known(blocks);
}

function linked(blocks: Block[], from: number, to: number): Reading<Block[]> {
  if (blocks.length !== to - from)
    return unknown(`the node served ${blocks.length} of the ${to - from} blocks from ${from}`);
  for (const [index, block] of blocks.entries()) {
    const previous = blocks[index - 1];
    if (block.number !== from + index)
      return unknown(`block ${block.number} stands where ${from + index} belongs`);
    if (previous && block.parentId !== previous.id)
      return unknown(`block ${block.number} does not link to its parent`);
  }
  return known(blocks);
}

/** A block id starts with its number, which catches a mixed-up answer. */
function toBlock(reply: BlockReply): Reading<Block> {
  const { number = 0, timestamp = 0, parentHash } = reply.block_header.raw_data;
  const block: Block = {
    id: reply.blockID,
    number,
    parentId: parentHash,
    timestampMs: timestamp,
    txids: (reply.transactions ?? []).map((transaction) => transaction.txID),
  };
  return numbered(block, Number.parseInt(reply.blockID.slice(0, 16), 16), (same) => same);
}

function numbered<T>(block: Block, number: number, pick: (block: Block) => T): Reading<T> {
  return block.number === number
    ? known(pick(block))
    : unknown(`block ${block.number} came where ${number} was meant`);
}
