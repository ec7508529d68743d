import { isSignedByLog, type SignedCheckpoint, toHex } from "@lucid/protocol";
import type { Store } from "../store/index.ts";
import type { AppendRefusal } from "./contract.ts";
import { refuse } from "./refusal.ts";

/** What is wrong with going on from the head when somebody holds a checkpoint; null when the head extends it. */
export async function judgeSeen(
  store: Store,
  seen: SignedCheckpoint,
): Promise<AppendRefusal | null> {
  const { log_origin, log_key } = store.network.genesis;
  if (!isSignedByLog(seen, { origin: log_origin, logKey: log_key }))
    return refuse("log.seen", `no checkpoint of size ${seen.size} that ${log_origin} has signed`);
  const { size } = store.head();
  if (seen.size > size) {
    const detail = `the log has ${size} blocks, but somebody holds a checkpoint of ${seen.size}: it was restored from an older copy`;
    return refuse("log.behind", detail);
  }
  const root = toHex(await store.rootAt(seen.size));
  if (root === seen.root) return null;
  const detail = `at size ${seen.size} the log has root ${root}, but signed ${seen.root} as well`;
  return refuse("log.forked", detail);
}
