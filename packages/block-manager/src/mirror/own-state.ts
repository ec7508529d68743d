import { openLog } from "@lucid/verify";
import type { Source, WalkState } from "@lucid/verify";
import type { Pause } from "../shared/pause.ts";
import type { Store } from "../store/index.ts";

/** The state of a walk at our own published end, from our own blocks: what a lost note of progress costs. */
export async function ownState(store: Store, pause: Pause): Promise<WalkState> {
  const source: Source = {
    name: store.disk.name,
    read: async (path) => store.disk.read(path),
  };
  const log = await openLog(source, { networkId: store.network.networkId });
  let { start: state } = log;
  for await (const block of log.blocks(0, store.head().size)) {
    ({ state } = block);
    await pause();
  }
  return state;
}
