import {
  createCompactor,
  encodeCompactedEpoch,
  heightsOfEpoch,
  unframeLeaves,
} from "@lucid/protocol";
import type { BlockNetwork } from "@lucid/protocol";
import type { Bodies } from "./bodies.ts";
import type { Pause } from "../shared/pause.ts";
import { feedBody, parseLeaves } from "./steps.ts";

/** The file `compact/<epoch>` of an epoch whose bodies are all there; one of them in memory at a time. */
export async function compactEpoch(
  network: BlockNetwork,
  bodies: Pick<Bodies, "bodyAt">,
  epoch: number,
  pause: Pause,
): Promise<Uint8Array> {
  const compactor = createCompactor(network, epoch);
  const { from, to } = heightsOfEpoch(network.genesis, epoch);
  for (let height = from; height < to; height++) {
    const leaves = unframeLeaves(await bodies.bodyAt(height));
    await pause();
    const body = await parseLeaves(leaves, pause);
    await feedBody(compactor, { height, body }, pause);
  }
  return encodeCompactedEpoch(compactor.finish());
}
