import type { Clock } from "@lucid/platform/clock";
import { epochOf, firstSlotOf, slotAt, slotStart } from "@lucid/protocol";
import type { Policies } from "../policy/index.ts";
import { compareAndSet } from "../shared/compare-and-set.ts";
import type { Network } from "../shared/network.ts";
import type { Resources } from "./contract.ts";
import type { ResourceHourDocument, ResourceHours } from "./documents.ts";
import { hourMs, hourOf } from "./keep.ts";
import { rollUp } from "./roll-up.ts";

export type ClearDeps = {
  readonly hours: ResourceHours;
  readonly network: Network;
  readonly clock: Pick<Clock, "now">;
  readonly policies: Pick<Policies, "forEpoch">;
};

/** Single samples are kept for the longest range that is shown, and a day. */
const samplesMs = 8 * 86_400_000;
const perRead = 500;

/** Each step is one document, and may be repeated. */
export const createClear = ({
  hours,
  network: { genesis },
  clock,
  policies,
}: ClearDeps): Resources["clear"] => {
  /** The hour before which nothing is kept. */
  const firstKept = (): number => {
    const open = epochOf(genesis, slotAt(genesis, clock.now()));
    const kept = policies.forEpoch(open).retention.resource_samples_epochs;
    return hourOf(slotStart(genesis, firstSlotOf(genesis, Math.max(0, open - kept))));
  };

  const rollUpOne = async ({ id, samples, revision }: ResourceHourDocument): Promise<void> => {
    const patch = {
      samples: [],
      roll_up: rollUp(samples),
      is_rolled_up: true,
      revision: revision + 1,
    };
    await compareAndSet(hours, id, patch, { revision });
  };

  const each = async (
    signal: AbortSignal,
    read: () => Promise<ResourceHourDocument[]>,
    work: (document: ResourceHourDocument) => Promise<unknown>,
  ): Promise<number> => {
    let count = 0;
    while (!signal.aborted) {
      const found = await read();
      await Promise.all(found.map(work));
      count += found.length;
      if (found.length < perRead) break;
    }
    return count;
  };

  return async (signal) => {
    const dropped = await each(
      signal,
      () => hours.find({ where: { hour: { lt: firstKept() } }, limit: perRead }),
      ({ id }) => hours.remove(id),
    );
    const before = Math.floor((clock.now() - samplesMs) / hourMs);
    const rolledUp = await each(
      signal,
      () => hours.find({ where: { is_rolled_up: false, hour: { lt: before } }, limit: perRead }),
      rollUpOne,
    );
    return { rolledUp, dropped };
  };
};
