import { StoreError } from "../store/index.ts";
import type { Store } from "../store/index.ts";
import type { SeedOf } from "./contract.ts";
import { keysAtHead } from "./key-in-force.ts";

/** Throws `store.key` unless the keys at hand are those that the log goes on with; for the start of a service. */
export async function checkKeys(
  store: Store,
  seedOf: { network: SeedOf; log: SeedOf },
): Promise<void> {
  await logSeedOf(store, seedOf.log);
  const { network_key } = await keysAtHead(store);
  if ((await seedOf.network(network_key)) !== null) return;
  throw wrongKey(`The network key at hand is not ${network_key}, which signs the next block`);
}

/** The seed of the key that signs checkpoints; throws `store.key` when it is not at hand. */
export async function logSeedOf({ network }: Store, seedOf: SeedOf): Promise<Uint8Array> {
  const { log_key } = network.genesis;
  const seed = await seedOf(log_key);
  if (seed !== null) return seed;
  throw wrongKey(`The log key at hand is not ${log_key}, which signs this log`);
}

const wrongKey = (detail: string): StoreError =>
  new StoreError("store.key", `${detail}; put back its file`);
