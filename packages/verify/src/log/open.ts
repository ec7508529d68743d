import { genesisKeys, type NoteKey } from "@lucid/protocol";
import type { Source } from "../source.ts";
import { createBodies } from "./bodies.ts";
import { assertLogKey, readCheckpoint } from "./checkpoint.ts";
import { extend } from "./consistency.ts";
import type { Log } from "./contract.ts";
import { assertRange, createEntries } from "./entries.ts";
import { createLeafProofs } from "./leaf-proof.ts";
import { LogError } from "./log-error.ts";
import { readNetwork } from "./network.ts";
import { createProvenTiles } from "./tiles.ts";
import { walk } from "./walk.ts";

export type OpenLogOptions = {
  /** hex; without it the genesis of the source is taken as it is */
  networkId?: string;
  /** hex; where a `key_change` record in the log has replaced the genesis's */
  logKey?: string;
  /** whose cosignatures on the checkpoint count */
  cosigners?: readonly NoteKey[];
};

/**
 * Opens the log of a source: its genesis (`network.json`) and the checkpoint that it now shows.
 * Throws `LogError` `network_missing`, `network`, `network_id`, `checkpoint_missing`, `checkpoint`; `SourceError`.
 */
export async function openLog(source: Source, options: OpenLogOptions = {}): Promise<Log> {
  const network = await readNetwork(source, options.networkId);
  const checkpoint = await readCheckpoint(source, network.genesis, options);
  const { size } = checkpoint;
  const tiles = createProvenTiles(source, checkpoint);
  const { entries, entry } = createEntries(source, tiles, size);
  const bodies = createBodies(source, network);
  const start = { parent: null, keys: genesisKeys(network.genesis) };
  const body: Log["body"] = async (header) => bodies.open(header, await bodies.fetch(header));

  return {
    source,
    ...network,
    isPinned: options.networkId !== undefined,
    checkpoint,
    start,
    entries,
    entry,
    body,
    async *blocks(from, to, state = start) {
      assertRange({ from, to }, size);
      const next = state.parent === null ? 0 : state.parent.height + 1;
      if (next !== from) {
        const detail = `a walk from ${from} needs the state of the block before, not of ${next - 1}`;
        throw new LogError("range", { height: from }, detail);
      }
      let { keys } = state;
      for await (const block of walk(network, { entries: entries(from, to), bodies }, state)) {
        if (block.height === size - 1) assertLogKey(keys, checkpoint);
        yield block;
        ({ keys } = block.state);
      }
    },
    leaf: createLeafProofs({ entry, body }),
    extend: (trusted) => extend(tiles, checkpoint, trusted),
  };
}
