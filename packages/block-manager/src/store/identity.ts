import { encode, equalBytes, networkId, parseGenesis, ProtocolError, utf8 } from "@lucid/protocol";
import type { Genesis } from "@lucid/protocol";
import type { Disk } from "../disk/index.ts";
import { CHECKPOINT, LOG_FOLDER, MARKER, NETWORK } from "./layout.ts";
import { StoreError } from "./store-error.ts";

/**
 * Makes sure that a directory is that of a network's log, and gives an empty one its `network.json`.
 * Throws `store.network` for another network's, `store.missing` for a directory that lost what it had.
 */
export async function settleIdentity(home: Disk, genesis: Genesis, isAppender: boolean) {
  const disk = home.folder(LOG_FOLDER);
  const bytes = await disk.read(NETWORK);
  if (bytes !== null) {
    assertNetwork(disk, genesis, bytes);
    return;
  }
  if (isAppender) await refuseLost(home, disk);
  await refuseRemains(disk);
  await disk.write([{ path: NETWORK, bytes: encode(genesis) }]);
}

/** Remembers, outside of the directory, that a log lives in it. */
export async function writeMarker(home: Disk, genesis: Genesis): Promise<void> {
  if ((await home.read(MARKER)) !== null) return;
  const text = `${JSON.stringify({ network_id: networkId(genesis) })}\n`;
  await home.write([{ path: MARKER, bytes: utf8(text) }]);
}

/** Whether a log is known to live in the directory. */
export const hasMarker = async (home: Disk): Promise<boolean> => (await home.size(MARKER)) !== null;

function assertNetwork(disk: Disk, genesis: Genesis, bytes: Uint8Array): void {
  if (equalBytes(bytes, encode(genesis))) return;
  const [ours, found] = [networkId(genesis), idIn(bytes)];
  if (found === ours) return;
  const problem =
    found === null
      ? `is damaged; put the ${NETWORK} of the data folder in its place`
      : `is network ${found}, but this service belongs to network ${ours}; choose the data folder of that network`;
  throw new StoreError("store.network", `${disk.name}/${NETWORK} ${problem}`, { path: NETWORK });
}

function idIn(bytes: Uint8Array): string | null {
  try {
    return networkId(parseGenesis(JSON.parse(new TextDecoder().decode(bytes))));
  } catch (error) {
    if (error instanceof ProtocolError || error instanceof SyntaxError) return null;
    throw error;
  }
}

async function refuseLost(home: Disk, disk: Disk): Promise<void> {
  if (!(await hasMarker(home))) return;
  throw new StoreError(
    "store.missing",
    `${home.name}/${MARKER} says that a log lives in ${disk.name}, but that is empty; mount its disk, or, if it is lost, name a follower in BLOCK_MANAGER_PEERS and remove ${MARKER}: the log is then fetched from there`,
  );
}

async function refuseRemains(disk: Disk): Promise<void> {
  const names = (await disk.list("")).map(({ name }) => name);
  const remains = [CHECKPOINT, "tile", "body", "compact"].find((name) => names.includes(name));
  if (remains === undefined) return;
  throw new StoreError(
    "store.missing",
    `${disk.name} holds ${remains} but no ${NETWORK}; put back the genesis document that belongs to it`,
    { path: NETWORK },
  );
}
