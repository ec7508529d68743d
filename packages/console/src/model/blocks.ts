import {
  type BlockHeader,
  epochOf,
  headerHash,
  linkProblem,
  type Genesis,
  verifyBlockEntry,
} from "@lucid/protocol";
import { type Log, type LogEntry, LogError } from "@lucid/verify";

/** What the log says of a block, once that holds. */
export type Block = {
  readonly height: number;
  readonly header: BlockHeader;
  readonly headerHash: string;
  readonly epoch: number;
};

/** The blocks of one page, newest first, which page it is, and how many there are in all. */
type BlockList = {
  readonly page: number;
  readonly size: number;
  readonly blocks: readonly Block[];
};

type Entries = Pick<Log, "entries" | "entry" | "checkpoint" | "genesis" | "networkId">;

/** Blocks that stand in the log, are signed and link to the one before; page 1 ends at the checkpoint. */
export const readBlocks = async (log: Entries, page: number, limit: number): Promise<BlockList> => {
  const { size } = log.checkpoint;
  const to = Math.max(0, size - (page - 1) * limit);
  const from = Math.max(0, to - limit);
  const blocks: Block[] = [];
  let parent: BlockHeader | null = null;
  for await (const found of log.entries(Math.max(0, from - 1), to)) {
    const { header } = found.entry;
    if (parent !== null || found.height === 0) assertLink(log, parent, header);
    if (found.height >= from) blocks.push(toBlock(log, found));
    parent = header;
  }
  return { page, size, blocks: blocks.toReversed() };
};

/** One block that stands in the log, is signed and links to the one before. */
export const readBlock = async (log: Entries, height: number): Promise<Block> => {
  const block = toBlock(log, await log.entry(height));
  const before = height === 0 ? null : (await log.entry(height - 1)).entry.header;
  assertLink(log, before, block.header);
  return block;
};

/** The latest block with this header hash, among as many as `most` at the log's end; null when it is not there. */
export const findByHash = async (
  log: Entries,
  hash: string,
  most: number,
): Promise<number | null> => {
  const { size } = log.checkpoint;
  for await (const { height, entry } of log.entries(Math.max(0, size - most), size))
    if (headerHash(entry.header) === hash) return height;
  return null;
};

const toBlock = (log: Entries, { height, entry }: Omit<LogEntry, "bytes">): Block => {
  const { genesis, networkId } = log;
  if (!verifyBlockEntry(entry, networkId, genesis.network_key)) throw unsigned(height);
  const { header } = entry;
  return { height, header, headerHash: headerHash(header), epoch: epochIn(genesis, header) };
};

const epochIn = (genesis: Genesis, { slot }: BlockHeader): number => epochOf(genesis, slot);

const assertLink = (log: Entries, parent: BlockHeader | null, header: BlockHeader): void => {
  const problem = linkProblem(log, parent, header);
  if (problem === null) return;
  const { height } = header;
  throw new LogError(`link.${problem.code}`, { height }, `Block ${height}: ${problem.detail}.`);
};

const unsigned = (height: number): LogError => {
  const detail = `The network key of the genesis document has not signed block ${height}. If a key_change replaced that key, only a walk from the first block can tell: lucid verify.`;
  return new LogError("signature", { height }, detail);
};
