import {
  edgeRoot,
  fromHex,
  grownBundles,
  headerHash,
  sha256,
  tilePath,
  toHex,
  utf8,
} from "@lucid/protocol";
import type { TileEdge } from "@lucid/protocol";
import type { Log, WalkState } from "@lucid/verify";
import { LogError } from "@lucid/verify";
import type { Store, StoreWriter } from "../store/index.ts";
import { MIRROR } from "../store/index.ts";

/**
 * How far a log was fetched and verified: everything below `edge.size` is durable, whether it is published or not, and
 * the walk goes on from `state`.
 */
export type Progress = { edge: TileEdge; state: WalkState };

/** The mirror's own note of its progress; nobody else reads it, and losing it costs reading the log again. */
const PROGRESS = `${MIRROR}/progress`;

/** As it is written, below a line with the hash of it: hashes in hex. */
type Saved = { size: number; levels: string[][]; state: WalkState };

/** A key that changed on the disk would have an honest source accused. */
const sumOf = (json: string): string => toHex(sha256(utf8(json)));

export async function saveProgress(writer: StoreWriter, { edge, state }: Progress): Promise<void> {
  const levels = edge.levels.map((hashes) => hashes.map(toHex));
  const saved: Saved = { size: edge.size, levels, state };
  const json = JSON.stringify(saved);
  await writer.write([{ path: PROGRESS, bytes: utf8(`${sumOf(json)}\n${json}`) }]);
}

/**
 * Where to go on with a log that extends what is published: where the last attempt ended if this log extends that as
 * well, or else at the published end. `walkTo` answers the state there by reading our own blocks again.
 */
export async function resume(
  store: Store,
  log: Log,
  walkTo: (size: number) => Promise<WalkState>,
): Promise<Progress> {
  const { edge, latest } = store.head();
  const saved = await readProgress(store);
  if (saved === null) return { edge, state: edge.size === 0 ? log.start : await walkTo(edge.size) };
  const isPublished = edge.size === saved.edge.size && isAt(saved.state, latest);
  if (isPublished || (await isReached(store, log, saved.edge))) return saved;
  return { edge, state: edge.size === 0 ? log.start : await walkTo(edge.size) };
}

function isAt({ parent }: WalkState, latest: { header: NonNullable<WalkState["parent"]> } | null) {
  if (parent === null || latest === null) return parent === latest;
  return headerHash(parent) === headerHash(latest.header);
}

/** Whether what was fetched beyond the published end is still there, and belongs to this log. */
async function isReached(store: Store, log: Log, edge: TileEdge): Promise<boolean> {
  const { size } = store.head();
  if (edge.size <= size) return false;
  for (const bundle of grownBundles(size, edge.size)) {
    if ((await store.disk.size(tilePath(bundle))) === null) return false;
  }
  return isExtended(log, edge);
}

async function isExtended(log: Log, edge: TileEdge): Promise<boolean> {
  if (edge.size > log.checkpoint.size) return false;
  try {
    await log.extend({ size: edge.size, root: edgeRoot(edge) });
    return true;
  } catch (error) {
    if (error instanceof LogError && error.code === "consistency") return false;
    throw error;
  }
}

/** Null when there is none, or not as it was written. */
async function readProgress({ disk }: Store): Promise<Progress | null> {
  const bytes = await disk.read(PROGRESS);
  const [sum, json = ""] = new TextDecoder().decode(bytes ?? undefined).split("\n", 2);
  if (sum !== sumOf(json)) return null;
  const { size, levels, state } = JSON.parse(json) as Saved;
  return {
    edge: { size, levels: levels.map((hashes) => hashes.map((hash) => fromHex(hash))) },
    state,
  };
}
