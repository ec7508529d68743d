import type { ChoreDefinition } from "@lucid/platform/chores";
import type { Clock } from "@lucid/platform/clock";
import type {
  Collection,
  CollectionDefinition,
  Documents,
  Retention,
} from "@lucid/platform/documents";
import { epochOf, firstSlotOf, type Genesis, slotAt, slotStart } from "@lucid/protocol";
import type { Network } from "./shared/network.ts";

type Definition = CollectionDefinition<{ id: string }>;
type Timed = Extract<Retention, { readonly field: string }>;

export type RetentionDeps = {
  readonly documents: Pick<Documents, "collection">;
  readonly definitions: readonly Definition[];
  readonly network: Network;
  readonly clock: Pick<Clock, "now">;
  /** Whether an epoch's settlement is over, so that nobody reads its evidence again. */
  readonly isClosed: (epoch: number) => Promise<boolean>;
};

const DAY_MS = 86_400_000;
const PER_STEP = 500;

/** Once a day, takes away documents that are older than their collection keeps them, and that wait for no block. */
export const createRetentionChore = (deps: RetentionDeps): ChoreDefinition => ({
  name: "retention",
  lease: true,
  periodMs: DAY_MS,
  timeoutMs: 3_600_000,
  run: async (signal) => {
    for (const definition of deps.definitions)
      if (definition.retention !== null && "field" in definition.retention)
        await clear(deps, { definition, retention: definition.retention, signal });
  },
});

const clear = async (
  { documents, network: { genesis }, clock, isClosed }: RetentionDeps,
  about: { definition: Definition; retention: Timed; signal: AbortSignal },
): Promise<void> => {
  const { definition, retention, signal } = about;
  const first = epochOf(genesis, slotAt(genesis, clock.now())) - retention.epochs;
  const isDue = first > epochOf(genesis, genesis.first_slot) && (await isClosed(first - 1));
  if (!isDue) return;
  const collection = documents.collection<{ id: string }>(definition);
  const where = { [retention.field]: { lt: momentOf(genesis, first, retention.unit) } };
  for (let skip = 0; !signal.aborted;) {
    const found = await collection.find({ where, skip, limit: PER_STEP });
    const waiting = await removeAll(collection, found);
    skip += waiting;
    if (found.length < PER_STEP) return;
  }
};

/** Answers how many stay because they are not sealed yet. */
const removeAll = async (
  collection: Collection<{ id: string }>,
  found: readonly { id: string }[],
): Promise<number> => {
  const over = found.filter(
    (document) => !("sealed_slot" in document && document.sealed_slot === null),
  );
  await Promise.all(over.map(({ id }) => collection.remove(id)));
  return found.length - over.length;
};

const momentOf = (genesis: Genesis, epoch: number, unit: Timed["unit"]): number => {
  if (unit === "epoch") return epoch;
  const slot = firstSlotOf(genesis, epoch);
  return unit === "slot" ? slot : slotStart(genesis, slot);
};
