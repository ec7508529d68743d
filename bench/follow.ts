import { cp } from "node:fs/promises";
import { join } from "node:path";
import { systemClock } from "@lucid/platform/clock";
import { verifyBlockEntry } from "@lucid/protocol";
import { openFolder } from "@lucid/verify/folder";
import { openDisk } from "../packages/block-manager/src/disk/index.ts";
import { createFollower } from "../packages/block-manager/src/mirror/index.ts";
import { openStore } from "../packages/block-manager/src/store/index.ts";
import {
  logFiles,
  sealBlocks,
  testNetwork,
  writeFiles,
} from "../packages/verify/src/testing/index.ts";
import type { TestBlock, TestNetwork } from "../packages/verify/src/testing/index.ts";
import { secondsOf, withFolder } from "./measure.ts";

/** A year of them. */
const BLOCKS = 365 * 720;

/**
 * Seconds until a new follower serves a year of headers, all of them verified; how that compares with copying the same
 * files, and with checking the signatures of their entries alone.
 */
export async function benchFollow() {
  return withFolder(async (folder) => {
    const network = testNetwork({ slot_ms: 120_000, slots_per_epoch: 720, first_slot: 0 });
    const sealed = sealBlocks(
      network,
      Array.from({ length: BLOCKS }, () => ({ leaves: [] })),
    );
    const files = logFiles(network, sealed);
    for (const [path, bytes] of files) if (bytes.length === 0) files.delete(path);
    await writeFiles(join(folder, "source"), files);
    const signatures_s = await secondsOf(() => checkSignatures(network, sealed));
    const copy_s = await secondsOf(() =>
      cp(join(folder, "source"), join(folder, "copy"), { recursive: true }),
    );
    const follow_s = await secondsOf(() => follow(network, folder));
    return {
      blocks: BLOCKS,
      files: files.size,
      follow_s,
      blocks_per_s: BLOCKS / follow_s,
      over_copying: follow_s / copy_s,
      over_signatures: follow_s / signatures_s,
    };
  });
}

async function follow(network: TestNetwork, folder: string): Promise<void> {
  const home = await openDisk(join(folder, "follower"), { create: true });
  await using store = await openStore({ home, genesis: network.genesis }, { mode: "follow" });
  const sources = [openFolder(join(folder, "source"))];
  const follower = createFollower({ store, clock: systemClock, sources });
  await follower.run(new AbortController().signal);
  if (store.head().size !== BLOCKS) throw new Error(JSON.stringify(follower.sources()));
}

async function checkSignatures({ networkId, genesis }: TestNetwork, blocks: readonly TestBlock[]) {
  for (const block of blocks) {
    if (!verifyBlockEntry(block, networkId, genesis.network_key)) throw new Error("not signed");
  }
}
