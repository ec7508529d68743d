import { heightsOfEpoch, parseTilePath, tileWidth } from "@lucid/protocol";
import type { Genesis, NoteKey } from "@lucid/protocol";
import { LOCK, nextOf } from "../disk/index.ts";
import type { Disk } from "../disk/index.ts";
import {
  CHECKPOINT,
  MIRROR,
  NETWORK,
  parseBodyPath,
  parseCompactPath,
  QUARANTINE,
  walk,
} from "../store/index.ts";
import type { FsckCounts } from "./contract.ts";
import type { Findings } from "./findings.ts";
import { checkNote } from "./notes.ts";
import { isStale, partialProblem } from "./partials.ts";
import type { TileFiles } from "../store/index.ts";
import type { CheckedTree } from "./tree.ts";

export type LeavingsDeps = {
  disk: Disk;
  genesis: Genesis;
  size: number;
  files: TileFiles;
  tree: CheckedTree;
  findings: Findings;
  counts: FsckCounts;
  /** epochs whose compacted form was compared with their bodies */
  compacted: ReadonlySet<number>;
  /** heights of blocks without leaves */
  emptyHeights: { has(height: number): boolean };
  cosigners?: readonly NoteKey[];
};

/** Looks at every file that is there: what belongs to nothing is named, and what interrupted writes left. */
export async function* checkFiles(deps: LeavingsDeps): AsyncGenerator<string> {
  for await (const path of walk(deps.disk, "")) {
    await checkFile(deps, path);
    yield path;
  }
}

async function checkFile(deps: LeavingsDeps, path: string): Promise<void> {
  const { findings } = deps;
  if ([NETWORK, CHECKPOINT, LOCK].includes(path) || isOurs(path)) return;
  if (path.endsWith(".tmp")) findings.add(path, "leftover", "a write that was cut off");
  else if (path === nextOf(CHECKPOINT))
    findings.add(path, "leftover", "a checkpoint that was about to be published");
  else if (path.startsWith("tile/")) await checkTile(deps, path);
  else if (path.startsWith("body/")) checkBodyName(deps, path);
  else if (path.startsWith("compact/")) checkCompactName(deps, path);
  else if (path.startsWith("cosignature/")) await checkCosignature(deps, path);
  else findings.add(path, "superfluous", "no file of a log has this name");
}

/** What the service keeps for itself: evidence, and how far a follower has come. */
function isOurs(path: string): boolean {
  return [QUARANTINE, MIRROR].some((folder) => path.startsWith(`${folder}/`));
}

async function checkTile(deps: LeavingsDeps, path: string): Promise<void> {
  const { size, findings, counts } = deps;
  const tile = parseTilePath(path);
  if (tile === null) {
    findings.add(path, "superfluous", "no tile has this name");
    return;
  }
  if (tile.level === "entries") counts.bundles++;
  else counts.tiles++;
  const width = tileWidth(size, tile.level, tile.index);
  if (tile.width === width) return;
  if (tile.width > width) findings.add(path, "leftover", "no checkpoint covers it");
  else if (isStale(size, tile)) findings.add(path, "leftover", "the full one has long been there");
  else {
    const problem = await partialProblem(tile, deps);
    if (problem !== null) findings.add(path, "damaged", problem);
  }
}

function checkBodyName({ size, findings, emptyHeights }: LeavingsDeps, path: string): void {
  const height = parseBodyPath(path);
  if (height === null) findings.add(path, "superfluous", "no body has this name");
  else if (height >= size) findings.add(path, "leftover", "no checkpoint covers it");
  else if (emptyHeights.has(height))
    findings.add(path, "superfluous", "a body without leaves has no file");
}

function checkCompactName(deps: LeavingsDeps, path: string): void {
  const { findings, compacted, counts, genesis, size } = deps;
  const epoch = parseCompactPath(path);
  if (epoch !== null && compacted.has(epoch)) counts.compacted++;
  else if (epoch !== null && heightsOfEpoch(genesis, epoch).to > size)
    findings.add(path, "leftover", "no checkpoint covers it");
  else if (!findings.has(path))
    findings.add(path, "superfluous", "no epoch that is over has this name");
}

async function checkCosignature(deps: LeavingsDeps, path: string): Promise<void> {
  const { disk, genesis, findings, cosigners } = deps;
  const bytes = await disk.read(path);
  const checked = bytes === null ? null : checkNote(genesis, bytes, cosigners);
  if (checked?.checkpoint === null) findings.add(path, "damaged", checked.problem);
}
