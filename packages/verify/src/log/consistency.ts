import { equalBytes, rangeHash } from "@lucid/protocol";
import type { TrustedCheckpoint } from "./contract.ts";
import { LogError } from "./log-error.ts";
import type { ProvenTiles } from "./tiles.ts";

/**
 * Throws `consistency` unless the tree of the older checkpoint is the beginning of this one: its root must be that of
 * the first `size` leaves, read from tiles that are proven up to the present root.
 */
export async function extend(
  tiles: ProvenTiles,
  { size }: TrustedCheckpoint,
  trusted: TrustedCheckpoint,
): Promise<void> {
  if (trusted.size > size) {
    const detail = `it has ${size} blocks, fewer than the ${trusted.size} of the trusted checkpoint`;
    throw new LogError("consistency", {}, detail);
  }
  const older = { from: 0, to: trusted.size };
  if (equalBytes(rangeHash(older, await tiles.read([older])), trusted.root)) return;
  const detail = `its first ${trusted.size} blocks are not those of the trusted checkpoint`;
  throw new LogError("consistency", {}, detail);
}
