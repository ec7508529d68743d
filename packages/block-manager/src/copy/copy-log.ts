import {
  checkpointText,
  encode,
  formatNote,
  fromHex,
  heightsOfEpoch,
  noteKeyId,
  parseTilePath,
  partialTiles,
  type SignedCheckpoint,
  TILE_WIDTH,
  tilePath,
  tileWidth,
} from "@lucid/protocol";
import type { Genesis, Tile } from "@lucid/protocol";
import type { Disk, DiskFile } from "../disk/index.ts";
import {
  CHECKPOINT,
  checkpointOf,
  logNoteKey,
  NETWORK,
  parseBodyPath,
  parseCompactPath,
  requireTile,
  StoreError,
  walk,
} from "../store/index.ts";

export type CopyLogOptions = {
  readonly genesis: Genesis;
  /** The copy ends at this checkpoint of the log when the one published holds more than `mostBlocks`. */
  readonly acknowledged: SignedCheckpoint | null;
  /** How many blocks the copy may have at most; null for as many as there are. */
  readonly mostBlocks: number | null;
  /** Puts a file that never changes into the copy from an earlier one; false when there is none. */
  readonly reuse?: (path: string, bytes: number) => Promise<boolean>;
};

export type CopiedLog = { readonly size: number; readonly files: number; readonly reused: number };

const PASSES = 5;
/** What is held in memory before it is written: a body may have hundreds of bytes, or many megabytes. */
const BATCH_BYTES = 8 * 2 ** 20;

/**
 * Copies the log in a folder up to one of its checkpoints, while its service runs: what a checkpoint covers never
 * changes, it is only compacted. Answers null where no log has begun.
 * Throws `store.checkpoint`, `store.damaged`, `store.missing` and DiskError.
 */
export const copyLog = async (
  source: Disk,
  target: Disk,
  options: CopyLogOptions,
): Promise<CopiedLog | null> => {
  const note = await noteToCopy(source, options);
  if (note === null) return null;
  const { size } = checkpointOf(options.genesis, note);
  await target.write([{ path: NETWORK, bytes: encode(options.genesis) }]);
  for (let pass = 0; pass < PASSES; pass++) {
    const copied = await copyFiles(source, target, size, options);
    if (copied === null) continue;
    await target.write([{ path: CHECKPOINT, bytes: note }]);
    return copied;
  }
  throw new StoreError("store.damaged", `${source.name}: files kept going while they were copied`, {
    path: CHECKPOINT,
  });
};

/** The published checkpoint, or the one that the service acknowledged when that is as far as its store goes. */
const noteToCopy = async (
  source: Disk,
  { genesis, acknowledged, mostBlocks }: CopyLogOptions,
): Promise<Uint8Array | null> => {
  const published = await source.read(CHECKPOINT);
  if (published === null) return null;
  const { size } = checkpointOf(genesis, published);
  if (mostBlocks === null || size <= mostBlocks) return published;
  if (acknowledged === null)
    throw new StoreError(
      "store.checkpoint",
      `${source.name} has ${size} blocks, and the store has sealed ${mostBlocks} only: they do not belong together`,
      { path: CHECKPOINT },
    );
  return formatNote({
    text: checkpointText({
      origin: genesis.log_origin,
      size: acknowledged.size,
      root: fromHex(acknowledged.root),
    }),
    signatures: [
      {
        name: genesis.log_origin,
        keyId: noteKeyId(logNoteKey(genesis)),
        signature: fromHex(acknowledged.signature),
      },
    ],
  });
};

/** Null when a file went meanwhile, as bodies do that are compacted. */
const copyFiles = async (
  source: Disk,
  target: Disk,
  size: number,
  { genesis, reuse = async () => false }: CopyLogOptions,
): Promise<CopiedLog | null> => {
  let files = 0;
  let reused = 0;
  let waiting: DiskFile[] = [];
  let waitingBytes = 0;
  for await (const path of walk(source, "")) {
    if (!isFinal(genesis, path, size)) continue;
    files++;
    const there = await source.size(path);
    if (there === null) return null;
    if ((await target.size(path)) === there) continue;
    if (await reuse(path, there)) reused++;
    else {
      const bytes = await source.read(path);
      if (bytes === null) return null;
      waiting.push({ path, bytes });
      waitingBytes += bytes.length;
    }
    if (waitingBytes < BATCH_BYTES) continue;
    await target.write(waiting);
    [waiting, waitingBytes] = [[], 0];
  }
  await target.write([...waiting, ...(await edgeFiles(source, size))]);
  return { size, files, reused };
};

/** Whether a checkpoint of this size covers a file, which then never changes. */
const isFinal = (genesis: Genesis, path: string, size: number): boolean => {
  const height = parseBodyPath(path);
  if (height !== null) return height < size;
  const epoch = parseCompactPath(path);
  if (epoch !== null) return heightsOfEpoch(genesis, epoch).to <= size;
  const tile = parseTilePath(path);
  return tile?.width === TILE_WIDTH && tileWidth(size, tile.level, tile.index) === TILE_WIDTH;
};

/** The tiles that are not full at this size, cut from later ones where their own form is gone. */
const edgeFiles = async (source: Disk, size: number): Promise<DiskFile[]> => {
  const width = size % TILE_WIDTH;
  const bundle: Tile[] =
    width === 0 ? [] : [{ level: "entries", index: Math.floor(size / TILE_WIDTH), width }];
  return Promise.all(
    [...partialTiles(size), ...bundle].map(async (tile) => ({
      path: tilePath(tile),
      bytes: await requireTile(source, tile),
    })),
  );
};
