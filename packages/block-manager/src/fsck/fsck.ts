import type { BlockNetwork, Checkpoint } from "@lucid/protocol";
import type { Disk } from "../disk/index.ts";
import { CHECKPOINT, createTileFiles } from "../store/index.ts";
import { checkBody } from "./bodies.ts";
import { checkBundles } from "./bundles.ts";
import { createChain } from "./chain.ts";
import { createRecompaction } from "./compacted.ts";
import type { Fsck, FsckCounts, FsckOptions, FsckReport } from "./contract.ts";
import { createFindings } from "./findings.ts";
import type { Findings } from "./findings.ts";
import { createHeights } from "./heights.ts";
import { checkIdentity } from "./identity.ts";
import { checkFiles } from "./leavings.ts";
import { checkNote } from "./notes.ts";
import { createRebuild } from "./rebuild.ts";
import { createSuspects } from "./suspects.ts";
import { checkTree } from "./tree.ts";

/** See `Fsck`. Throws `DiskError`, and the reason of `signal` when that is aborted. */
export const fsck: Fsck = async (disk, options = {}) => {
  const findings = createFindings();
  const counts: FsckCounts = {
    entries: 0,
    tiles: 0,
    bundles: 0,
    bodies: 0,
    rebuilt: 0,
    compacted: 0,
  };
  const network = await checkIdentity(disk, findings, options.networkId);
  const checkpoint = network && (await checkCheckpoint(disk, network, { findings, options }));
  if (network !== null && checkpoint !== null)
    await checkLog(disk, { network, checkpoint, findings, counts }, options);
  return toReport(checkpoint?.size ?? null, findings, counts, options.live ?? false);
};

async function checkCheckpoint(
  disk: Disk,
  { genesis }: BlockNetwork,
  { findings, options }: { findings: Findings; options: FsckOptions },
): Promise<Checkpoint | null> {
  const bytes = await disk.read(CHECKPOINT);
  if (bytes === null) {
    findings.add(CHECKPOINT, "missing", "the signed state of the log");
    return null;
  }
  const checked = checkNote(genesis, bytes, options.cosigners);
  if (checked.checkpoint === null) findings.add(CHECKPOINT, "damaged", checked.problem);
  return checked.checkpoint;
}

type LogUnderCheck = {
  network: BlockNetwork;
  checkpoint: Checkpoint;
  findings: Findings;
  counts: FsckCounts;
};

async function checkLog(
  disk: Disk,
  { network, checkpoint, findings, counts }: LogUnderCheck,
  { live = false, cosigners, onProgress = () => undefined, signal }: FsckOptions,
): Promise<void> {
  const { size } = checkpoint;
  const files = createTileFiles(disk, { live });
  const tree = await checkTree(checkpoint, files, findings);
  const chain = createChain(network, findings);
  const recompaction = createRecompaction(network, { disk, findings });
  const emptyHeights = createHeights(size);
  const suspects = createSuspects(network.genesis);
  const bodies = { disk, findings, counts, suspects, rebuild: createRebuild(disk) };

  for await (const checked of checkBundles(size, { files, tree, findings })) {
    signal?.throwIfAborted();
    const header = checked.entry?.header ?? null;
    const body = header === null ? null : await checkBody(bodies, header);
    chain.add(checked, body);
    await recompaction.add(checked.height, body);
    if (header?.body_count === 0) emptyHeights.add(checked.height);
    counts.entries++;
    onProgress({ step: "blocks", done: counts.entries, of: size });
  }
  suspects.settle(findings);

  const deps = {
    disk,
    genesis: network.genesis,
    size,
    files,
    tree,
    findings,
    counts,
    emptyHeights,
  };
  const rest = { compacted: recompaction.checked, ...(cosigners && { cosigners }) };
  let done = 0;
  for await (const _ of checkFiles({ ...deps, ...rest })) {
    signal?.throwIfAborted();
    done++;
    onProgress({ step: "files", done, of: done });
  }
}

function toReport(
  size: number | null,
  findings: Findings,
  checked: FsckCounts,
  live: boolean,
): FsckReport {
  const named = findings.all().filter(({ code }) => !live || code !== "leftover");
  return { clean: named.length === 0, size, findings: named, checked };
}
