import {
  applyKeyChange,
  decodeBody,
  decodeCompactedEpoch,
  epochOf,
  genesisKeys,
  parseLeaf,
  verifyBlockEntry,
} from "@lucid/protocol";
import type { BlockHeader, Leaf, NetworkKeys, RecordData } from "@lucid/protocol";
import { compactPath, StoreError } from "../store/index.ts";
import type { Store } from "../store/index.ts";

type KeyChange = RecordData["key_change"];

/**
 * The keys for the block after the head. The network key is found by asking which of the keys that follow from the
 * genesis signed the last entry: the last block that a key signed is the one whose body replaces it.
 */
export async function keysAtHead(store: Store): Promise<NetworkKeys> {
  const { size } = store.head();
  let keys = genesisKeys(store.network.genesis);
  let from = 0;
  while (from < size) {
    const last = await lastSignedBy(store, keys.network_key, from);
    const change = await changeIn(store, last);
    if (change === null) {
      if (last === size - 1) return keys;
      throw unsigned(last + 1);
    }
    keys = applyKeyChange(keys, change);
    from = last + 1;
  }
  return keys;
}

/** The last height that a key signed, which signed the one at `from`; each later key signs from some height on. */
async function lastSignedBy(store: Store, key: string, from: number): Promise<number> {
  const isSigned = async (height: number): Promise<boolean> => {
    const { entry } = await store.entry(height);
    return verifyBlockEntry(entry, store.network.networkId, key);
  };
  let [low, high] = [from, store.head().size - 1];
  if (await isSigned(high)) return high;
  if (!(await isSigned(low))) throw unsigned(low);
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (await isSigned(middle)) low = middle;
    else high = middle;
  }
  return low;
}

/** What a block says about the network key. */
async function changeIn(store: Store, height: number): Promise<KeyChange | null> {
  const { header } = (await store.entry(height)).entry;
  for (const leaf of await leavesOf(store, header)) {
    const isChange = leaf.kind === "record" && leaf.record === "key_change";
    if (isChange && leaf.data.role === "network") return leaf.data;
  }
  return null;
}

/** The leaves of a block; of a compacted one those that are kept as they are, as changes of keys are. */
async function leavesOf(store: Store, { height, slot }: BlockHeader): Promise<Leaf[]> {
  const bytes = await store.body(height);
  if (bytes !== null) return decodeBody(bytes).map(({ leaf }) => leaf);
  const { genesis } = store.network;
  const path = compactPath(epochOf(genesis, slot));
  const compacted = await store.disk.read(path);
  if (compacted === null) {
    const detail = `neither the body at height ${height} nor ${path} is there`;
    throw new StoreError("store.damaged", detail, { path });
  }
  const { leaves } = decodeCompactedEpoch(compacted, genesis.slots_per_epoch);
  return leaves.filter((leaf) => leaf.height === height).map((leaf) => parseLeaf(leaf.bytes));
}

const unsigned = (height: number): StoreError =>
  new StoreError(
    "store.damaged",
    `The block at height ${height} is not signed by the network key in force; run fsck`,
  );
