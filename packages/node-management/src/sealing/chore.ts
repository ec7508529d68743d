import type { ChoreDefinition } from "@lucid/platform/chores";
import type { Clock } from "@lucid/platform/clock";
import { epochOf, firstSlotOf, slotAt } from "@lucid/protocol";
import type { Policies } from "../policy/index.ts";
import type { Network } from "../shared/network.ts";
import { nextSealMs } from "./rules.ts";
import type { Sealing } from "./service.ts";

/** A run that takes longer parks between two slots and goes on with the next one. */
const sealTimeoutMs = 600_000;
const appendTimeoutMs = 600_000;
const clearTimeoutMs = 3_600_000;
const dayMs = 86_400_000;

export type SealingChoresDeps = {
  readonly sealing: Sealing;
  readonly network: Network;
  readonly clock: Pick<Clock, "now">;
  readonly policies: Pick<Policies, "forEpoch">;
  /** Whether an epoch's settlement is over, so that nobody reads its bodies again. */
  readonly isClosed: (epoch: number) => Promise<boolean>;
  /** Told after slots were sealed. */
  readonly onSealed: () => void;
};

/** Seals slots as their grace ends; after an outage all that fell due meanwhile. */
export const createSealingChore = ({
  sealing,
  network: { genesis },
  onSealed,
}: SealingChoresDeps): ChoreDefinition => ({
  name: "sealing",
  lease: true,
  timeoutMs: sealTimeoutMs,
  due: (afterMs) => nextSealMs(genesis, afterMs),
  run: async (signal, { token }) => {
    const sealed = await sealing.run(signal, token);
    if (sealed > 0) onSealed();
  },
});

/** Carries sealed slots to the log; woken by every seal, and by itself while something waits. */
export const createAppendChore = ({
  sealing: { sender },
  network: { genesis },
}: SealingChoresDeps): ChoreDefinition => ({
  name: "append",
  lease: true,
  timeoutMs: appendTimeoutMs,
  due: (afterMs) => afterMs + (sender.retryInMs() ?? genesis.slot_ms),
  run: (signal) => sender.run(signal),
});

/** Takes old bodies away once the log has them and their epoch is closed and older than the policy says. */
export const createClearingChore = ({
  sealing,
  network: { genesis },
  clock,
  policies,
  isClosed,
}: SealingChoresDeps): ChoreDefinition => ({
  name: "clearing",
  lease: true,
  timeoutMs: clearTimeoutMs,
  periodMs: dayMs,
  run: async (signal) => {
    const open = epochOf(genesis, slotAt(genesis, clock.now()));
    const last = open - policies.forEpoch(open).retention.segments_epochs - 1;
    const isDue = last >= epochOf(genesis, genesis.first_slot) && (await isClosed(last));
    if (isDue) await sealing.clear({ beforeSlot: firstSlotOf(genesis, last + 1), signal });
  },
});
