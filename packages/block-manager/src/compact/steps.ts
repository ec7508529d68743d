import { compareLeaves, frameLeaves, toBodyLeaf } from "@lucid/protocol";
import type { Body, BodyLeaf, Compactor } from "@lucid/protocol";
import type { Pause } from "../shared/pause.ts";

// Bodies of ten thousand leaves are worked through in steps, for others wait meanwhile.
const LEAVES_AT_ONCE = 256;

/** What leaves say, in the order in which they are given. */
export async function parseLeaves(leaves: readonly Uint8Array[], pause: Pause): Promise<Body> {
  const parsed: BodyLeaf[] = [];
  for (const leaf of leaves) {
    parsed.push(toBodyLeaf(leaf));
    if (parsed.length % LEAVES_AT_ONCE === 0) await pause();
  }
  return parsed;
}

/** The framed body of leaves that are given in any order, each once. */
export async function frameBody(leaves: readonly Uint8Array[], pause: Pause): Promise<Uint8Array> {
  const body = (await parseLeaves(leaves, pause)).toSorted(compareLeaves);
  await pause();
  return frameLeaves(body.map(({ bytes }) => bytes));
}

/** Gives a body to a compactor, a part at a time. */
export async function feedBody(
  compactor: Compactor,
  { height, body }: { height: number; body: Body },
  pause: Pause,
): Promise<void> {
  let end = body.length;
  for (; end > LEAVES_AT_ONCE; end -= LEAVES_AT_ONCE) {
    compactor.add(height, body.slice(end - LEAVES_AT_ONCE, end), true);
    await pause();
  }
  compactor.add(height, body.slice(0, end));
}
