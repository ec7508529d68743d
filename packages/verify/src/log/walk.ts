import { headerHash, linkProblem, verifyBlockEntry } from "@lucid/protocol";
import type { BlockNetwork } from "@lucid/protocol";
import type { Bodies } from "./bodies.ts";
import type { LogBlock, LogEntry, WalkState } from "./contract.ts";
import { keysAfter } from "./keys.ts";
import { LogError } from "./log-error.ts";
import { prefetch } from "./prefetch.ts";

const BODIES_AHEAD = 8;

/** Goes from block to block: signed by the network key in force, linked, with its body. See `Log.blocks`. */
export async function* walk(
  network: BlockNetwork,
  { entries, bodies }: { entries: AsyncIterable<LogEntry>; bodies: Bodies },
  start: WalkState,
): AsyncGenerator<LogBlock> {
  let state = start;
  const fetched = prefetch(entries, BODIES_AHEAD, async (entry, signal) => ({
    ...entry,
    bytes: await bodies.fetch(entry.entry.header, signal),
  }));
  for await (const { height, entry, bytes } of fetched) {
    const { header } = entry;
    assertEntry(network, state, { height, entry });
    const body = await bodies.open(header, bytes);
    state = { parent: header, keys: keysAfter(state.keys, { height, body }, network) };
    yield { height, header, headerHash: headerHash(header), entry, body, state };
  }
}

function assertEntry(
  network: BlockNetwork,
  { parent, keys }: WalkState,
  { height, entry }: Pick<LogEntry, "height" | "entry">,
): void {
  const problem = linkProblem(network, parent, entry.header);
  if (problem !== null) throw new LogError(`link.${problem.code}`, { height }, problem.detail);
  if (verifyBlockEntry(entry, network.networkId, keys.network_key)) return;
  throw new LogError("signature", { height }, "the network key in force has not signed its entry");
}
