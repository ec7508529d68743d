import type { Store } from "../store/index.ts";
import { CHECKPOINT, NETWORK } from "../store/index.ts";
import type { Finding } from "./contract.ts";

/**
 * Moves what does not verify, or belongs to nothing, into `quarantine/`, each with its reason; what is missing then can
 * be fetched. The checkpoint and the genesis document stay. Answers the paths that were moved.
 */
export async function quarantineFindings(
  store: Store,
  findings: readonly Finding[],
): Promise<string[]> {
  const bad = findings.filter(
    ({ path, code }) =>
      (code === "damaged" || code === "superfluous") && ![CHECKPOINT, NETWORK].includes(path),
  );
  const moved: string[] = [];
  await store.exclusive(async (writer) => {
    for (const { path, code, detail } of bad) {
      if ((await store.disk.size(path)) === null) continue;
      await writer.quarantine(path, `${code}: ${detail}`);
      moved.push(path);
    }
  });
  return moved;
}
