import {
  createCompactor,
  encodeCompactedEpoch,
  epochsOfHeight,
  equalBytes,
  heightsOfEpoch,
} from "@lucid/protocol";
import type { BlockNetwork, Body, Compactor } from "@lucid/protocol";
import type { Disk } from "../disk/index.ts";
import { compactPath } from "../store/index.ts";
import type { Findings } from "./findings.ts";

/** Compacts again every epoch that is compacted: its file must be what its bodies make. */
export type Recompaction = {
  /** The epochs whose file was found to be complete under the checkpoint. */
  readonly checked: ReadonlySet<number>;
  /** Takes bodies in ascending height, null for one that is lost. */
  add(height: number, body: Body | null): Promise<void>;
};

export function createRecompaction(
  network: BlockNetwork,
  { disk, findings }: { disk: Disk; findings: Findings },
): Recompaction {
  /** By epoch; null when its file is not there, or a body that it needs is lost. */
  const open = new Map<number, Compactor | null>();
  const checked = new Set<number>();

  async function begin(epoch: number): Promise<void> {
    const isThere = (await disk.size(compactPath(epoch))) !== null;
    open.set(epoch, isThere ? createCompactor(network, epoch) : null);
  }

  async function end(epoch: number): Promise<void> {
    const compactor = open.get(epoch);
    open.set(epoch, null);
    const path = compactPath(epoch);
    const bytes = await disk.read(path);
    if (bytes === null) return;
    checked.add(epoch);
    if (compactor === null || compactor === undefined || findings.has(path)) return;
    if (!equalBytes(bytes, encodeCompactedEpoch(compactor.finish())))
      findings.add(path, "damaged", "it is not what the bodies of its epoch make");
  }

  return {
    checked,
    add: async (height, body) => {
      for (const epoch of epochsOfHeight(network.genesis, height)) {
        const { from, to } = heightsOfEpoch(network.genesis, epoch);
        if (height === from) await begin(epoch);
        if (body === null) open.set(epoch, null);
        else open.get(epoch)?.add(height, body);
        if (height === to - 1) await end(epoch);
      }
    },
  };
}
