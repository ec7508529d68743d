import { setImmediate as nextTurn } from "node:timers/promises";
import type { NetworkEvent } from "@lucid/api";
import type { Clock } from "@lucid/platform/clock";
import type { Documents } from "@lucid/platform/documents";
import type { Events } from "@lucid/platform/events";
import type { Metrics } from "@lucid/platform/metrics";
import { epochOf, slotAt } from "@lucid/protocol";
import type { Ledger } from "../ledger/index.ts";
import type { Policies } from "../policy/index.ts";
import type { Registry } from "../registry/index.ts";
import type { SealedSlots } from "../sealing/index.ts";
import type { Network } from "../shared/network.ts";
import { createBoard } from "./board.ts";
import type { Epochs } from "./contract.ts";
import { epochCollection, epochResultCollection, silenceCollection } from "./documents.ts";
import type { DueEpoch, EvidenceDeps } from "./evidence.ts";
import { createHistory } from "./history.ts";
import { createNewest } from "./newest.ts";
import { createReaders } from "./readers.ts";
import { createRecompute } from "./recompute.ts";
import { firstCut, firstEpoch } from "./rules.ts";
import { settle } from "./settle.ts";

export type EpochsDeps = {
  readonly documents: Pick<Documents, "collection">;
  readonly network: Network;
  readonly clock: Pick<Clock, "now" | "monotonic">;
  readonly policies: Pick<Policies, "forEpoch" | "version">;
  readonly registry: Pick<Registry, "node" | "nodes" | "activeSlots">;
  readonly beacons: EvidenceDeps["beacons"];
  readonly pools: EvidenceDeps["pools"];
  readonly maintenance: EvidenceDeps["maintenance"];
  readonly sealing: Pick<SealedSlots, "firstWithoutBacklog" | "presence" | "unobserved">;
  readonly ledger: Pick<Ledger, "appendRewards">;
  readonly events: Pick<Events<NetworkEvent>, "publish">;
  readonly metrics: Pick<Metrics, "counter" | "gauge" | "histogram">;
};

/** Settlement: from what is sealed to rewards in the ledger. */
export const createEpochs = (deps: EpochsDeps): Epochs => {
  const { documents, network, clock, events, sealing } = deps;
  const epochs = documents.collection(epochCollection);
  const results = documents.collection(epochResultCollection);
  const silences = documents.collection(silenceCollection);
  const history = createHistory({ epochs, results });
  const record = createRecorder(deps);
  const newest = createNewest(epochs);
  const readers = createReaders({ epochs, results, newest });
  const board = createBoard({ results, newest });
  const recompute = createRecompute({ ...deps, epochs, results });

  const settleOne = async (due: DueEpoch, signal: AbortSignal): Promise<void> => {
    const { epoch } = due;
    const startedMs = clock.monotonic();
    events.publish({ type: "epoch", epoch, state: "closing" });
    const { isCloser } = await settle({ ...deps, epochs, results, silences, history }, due, signal);
    if (!isCloser) return;
    record((clock.monotonic() - startedMs) / 1000);
    await newest.read();
    events.publish({ type: "epoch", epoch, state: "closed" });
  };

  /** The epoch after the last closed one, once its evidence is sealed. */
  const findDue = async (): Promise<DueEpoch | null> => {
    const closed = (await readers.lastClosed()) ?? firstEpoch(network.genesis) - 1;
    const epoch = closed + 1;
    const cutSlot = await sealing.firstWithoutBacklog(firstCut(network.genesis, epoch));
    return cutSlot === null ? null : { epoch, cutSlot };
  };

  return {
    settleDue: async (signal) => {
      let closed = 0;
      for (let due = await findDue(); due !== null; due = await findDue()) {
        if (signal.aborted) return { closed, isBehind: true };
        await settleOne(due, signal);
        closed += 1;
        await nextTurn();
      }
      return { closed, isBehind: false };
    },
    due: async () => (await findDue())?.epoch ?? null,
    recompute,
    ...board,
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
