import type { SealedSlot } from "@lucid/api";
import type { NetworkKeys, SignedCheckpoint } from "@lucid/protocol";
import type { Clock } from "@lucid/platform/clock";
import { headToCheckpoint } from "../store/index.ts";
import type { Head, Store } from "../store/index.ts";
import { createPause } from "../shared/pause.ts";
import type {
  AppendedBlock,
  Appender,
  AppendEvent,
  AppendRefusal,
  AppendVerdict,
  SeedOf,
} from "./contract.ts";
import { findBlocks } from "./find.ts";
import { keysAtHead } from "./key-in-force.ts";
import { logSeedOf } from "./check-keys.ts";
import { judgeOrder } from "./order.ts";
import { prepareBlocks } from "./prepare.ts";
import type { PreparedBlock } from "./prepare.ts";
import { judgeSeen } from "./seen.ts";
import { writeBlocks } from "./write-blocks.ts";

export type AppenderDeps = {
  store: Store;
  clock: Clock;
  seedOf: { network: SeedOf; log: SeedOf };
  onEvent?: (event: AppendEvent) => void;
};

/** `reserveBytes` stay free on the disk. */
export type AppenderOptions = { reserveBytes?: number };

const RESERVE_BYTES = 16 * 1024 * 1024;

/** Slots checked against the log: those that stand, those that may follow, and why the rest may not. */
type Checked = {
  found: readonly AppendedBlock[];
  prepared: readonly PreparedBlock[];
  keys: NetworkKeys;
  refusal: AppendRefusal | null;
};

/** Appends to a store that was opened with mode `append`. */
export function createAppender(
  { store, clock, seedOf, onEvent = () => undefined }: AppenderDeps,
  { reserveBytes = RESERVE_BYTES }: AppenderOptions = {},
): Appender {
  const { network } = store;
  /** The keys for the block after a log of so many. */
  let known: { size: number; keys: NetworkKeys } | null = null;

  return {
    append: async (slots, { seen } = {}) => {
      try {
        const verdict = await store.exclusive(async (writer) => {
          const beganMs = clock.monotonic();
          const checked = await check(slots, seen);
          const { prepared, refusal } = checked;
          if (prepared.length === 0) return refusal ?? accept(checked, writer.head());
          const options = { logSeed: await logSeedOf(store, seedOf.log), reserveBytes };
          const head = await writeBlocks(store, writer, prepared, options);
          known = { size: head.size, keys: checked.keys };
          onEvent(toEvent(checked, head, clock.monotonic() - beganMs));
          return refusal ?? accept(checked, head);
        });
        if (!verdict.ok) onEvent({ type: "refused", refusal: verdict });
        return verdict;
      } catch (error) {
        onEvent({ type: "failed", error });
        throw error;
      }
    },

    validate: async (slots, { seen } = {}) => {
      const checked = await store.exclusive(() => check(slots, seen));
      return checked.refusal ?? { ok: true, blocks: blocksOf(checked) };
    },
  };

  async function check(
    slots: readonly SealedSlot[],
    seen: SignedCheckpoint | undefined,
  ): Promise<Checked> {
    const { size, latest } = store.head();
    if (known?.size !== size) known = { size, keys: await keysAtHead(store) };
    const nothing = { found: [], prepared: [], keys: known.keys };
    const stop =
      (seen === undefined ? null : await judgeSeen(store, seen)) ??
      judgeOrder(network, size, slots);
    if (stop !== null) return { ...nothing, refusal: stop };

    const standing = Math.max(0, network.genesis.first_slot + size - (slots[0]?.slot ?? Infinity));
    const pause = createPause(clock);
    const found = await findBlocks(store, slots.slice(0, standing), pause);
    if (!found.ok) return { ...nothing, refusal: found };
    const { blocks, keys, refusal } = await prepareBlocks(
      { network, nowMs: clock.now(), seedOf: seedOf.network, pause },
      { parent: latest?.header ?? null, keys: known.keys },
      slots.slice(standing),
    );
    return { found: found.blocks, prepared: blocks, keys, refusal };
  }

  function accept(checked: Checked, head: Head): AppendVerdict {
    return {
      ok: true,
      blocks: blocksOf(checked),
      appended: checked.prepared.length,
      checkpoint: headToCheckpoint(network.genesis, head),
    };
  }
}

const blocksOf = ({ found, prepared }: Checked): AppendedBlock[] => [
  ...found,
  ...prepared.map(({ height, slot, headerHash }) => ({ height, slot, headerHash })),
];

const toEvent = (
  { found, prepared }: Checked,
  { size }: Head,
  durationMs: number,
): AppendEvent => ({
  type: "appended",
  blocks: prepared.length,
  found: found.length,
  leaves: prepared.reduce((sum, { leaves }) => sum + leaves, 0),
  bodyBytes: prepared.reduce((sum, { body }) => sum + body.length, 0),
  size,
  durationMs,
});
