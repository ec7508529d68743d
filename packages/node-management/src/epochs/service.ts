import { setImmediate as nextTurn } from "node:timers/promises";
import type { NetworkEvent } from "@lucid/api";
import type { Clock } from "@lucid/platform/clock";
import type { Documents } from "@lucid/platform/documents";
import type { Events } from "@lucid/platform/events";
import type { Metrics } from "@lucid/platform/metrics";
import { epochOf, slotAt } from "@lucid/protocol";
import type { Beacons } from "../beacons/index.ts";
import type { Ledger } from "../ledger/index.ts";
import type { Policies } from "../policy/index.ts";
import type { Registry } from "../registry/index.ts";
import type { Network } from "../shared/network.ts";
import type { Epochs } from "./contract.ts";
import { epochResultCollection, epochCollection, excuseCollection } from "./documents.ts";
import { createHistory } from "./history.ts";
import { createReaders } from "./readers.ts";
import { firstEpoch, latestDue } from "./rules.ts";
import { settle } from "./settle.ts";

export type EpochsDeps = {
  readonly documents: Pick<Documents, "collection">;
  readonly network: Network;
  readonly clock: Pick<Clock, "now" | "monotonic">;
  readonly policies: Pick<Policies, "forEpoch">;
  readonly registry: Pick<Registry, "nodes" | "activeSlots">;
  readonly beacons: Pick<Beacons, "presence"> & {
    readonly hearing: Pick<Beacons["hearing"], "deafMs">;
  };
  readonly ledger: Pick<Ledger, "appendRewards">;
  readonly events: Pick<Events<NetworkEvent>, "publish">;
  readonly metrics: Pick<Metrics, "counter" | "gauge" | "histogram">;
};

/** Settlement: from beacons that were accepted to rewards in the ledger. */
export const createEpochs = (deps: EpochsDeps): Epochs => {
  const { documents, network, clock, events } = deps;
  const epochs = documents.collection(epochCollection);
  const results = documents.collection(epochResultCollection);
  const excuses = documents.collection(excuseCollection);
  const history = createHistory({ epochs, results });
  const record = createRecorder(deps);
  const readers = createReaders({ epochs, results });

  const settleOne = async (epoch: number, signal: AbortSignal): Promise<void> => {
    const startedMs = clock.monotonic();
    events.publish({ type: "epoch", epoch, state: "closing" });
    const { isCloser } = await settle(
      { ...deps, epochs, results, excuses, history },
      epoch,
      signal,
    );
    if (!isCloser) return;
    record((clock.monotonic() - startedMs) / 1000);
    events.publish({ type: "epoch", epoch, state: "closed" });
  };

  return {
    settleDue: async (signal) => {
      let closed = 0;
      let next = (await readers.lastClosed()) ?? firstEpoch(network.genesis) - 1;
      while (++next <= latestDue(network.genesis, clock.now())) {
        if (signal.aborted) return { closed, isBehind: true };
        await settleOne(next, signal);
        closed += 1;
        await nextTurn();
      }
      return { closed, isBehind: false };
    },
    open: () => epochOf(network.genesis, slotAt(network.genesis, clock.now())),
    ...readers,
  };
};

const createRecorder = ({ metrics }: EpochsDeps) => {
  const settled = metrics.counter("lucid_epochs_settled_total", "Epochs closed");
  const seconds = metrics.histogram("lucid_settlement_seconds", "Time to settle an epoch");
  return (tookSeconds: number): void => {
    settled.inc();
    seconds.observe(tookSeconds);
  };
};
