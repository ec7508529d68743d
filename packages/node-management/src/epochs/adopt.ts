import { isDeepStrictEqual } from "node:util";
import type { EpochResult } from "@lucid/protocol";
import { type Adopter, forked } from "../shared/adopt.ts";
import type { EpochsDeps } from "./service.ts";
import {
  epochCollection,
  type EpochDocument,
  epochResultCollection,
  resultDocumentId,
  silenceCollection,
} from "./documents.ts";
import { createHistory } from "./history.ts";
import { firstCut } from "./rules.ts";
import { settle } from "./settle.ts";
import {
  createEpochClosedSource,
  createEpochResultSource,
  documentToClosed,
  documentToResult,
} from "./source.ts";

export type EpochsAdopters = {
  readonly results: Adopter<"epoch_result">;
  readonly closed: Adopter<"epoch_closed">;
};

/**
 * Epochs from the log. Each is settled again from what its blocks hold, as the service does it, and has to come to the
 * results that the log tells. All other facts of the log have to be in the store by then.
 */
export const createEpochsAdopters = (
  deps: Omit<EpochsDeps, "clock" | "metrics" | "events">,
): EpochsAdopters => {
  const { documents, network, sealing } = deps;
  const epochs = documents.collection(epochCollection);
  const results = documents.collection(epochResultCollection);
  const silences = documents.collection(silenceCollection);
  const history = createHistory({ epochs, results });
  const resultSource = createEpochResultSource(deps);
  const closedSource = createEpochClosedSource(deps);

  /** Settles an epoch as of the block that tells of it first; one that is settled stays. */
  const settled = async (
    epoch: number,
    { slot, atMs }: { slot: number; atMs: number },
  ): Promise<EpochDocument> => {
    const known = await epochs.get(String(epoch));
    if (known?.state === "closed") return known;
    const cutSlot = await sealing.firstWithoutBacklog(firstCut(network.genesis, epoch));
    if (cutSlot === null) throw forked(slot, `epoch ${epoch}, whose evidence it does not hold`);
    const clock = { now: () => atMs };
    const { signal } = new AbortController();
    await settle(
      { ...deps, clock, epochs, results, silences, history },
      { epoch, cutSlot },
      signal,
    );
    return (await epochs.get(String(epoch))) as EpochDocument;
  };

  const isSame = async (run: string, record: EpochResult): Promise<boolean> => {
    const stored = await results.get(resultDocumentId(record.epoch, run, record.node_id));
    return stored !== null && isDeepStrictEqual(documentToResult(stored), record);
  };

  return {
    results: {
      type: "epoch_result",
      adopt: async (at, sealed) => {
        for (const record of sealed) {
          const { run = "" } = await settled(record.epoch, at);
          if (!(await isSame(run, record)))
            throw forked(at.slot, `the result of ${record.node_id} in epoch ${record.epoch}`);
        }
        await resultSource.mark(at.slot, sealed);
      },
    },
    closed: {
      type: "epoch_closed",
      adopt: async (at, sealed) => {
        for (const record of sealed) {
          const document = await settled(record.epoch, at);
          if (!isDeepStrictEqual(documentToClosed(document), record))
            throw forked(at.slot, `what epoch ${record.epoch} came to`);
        }
        await closedSource.mark(at.slot, sealed);
      },
    },
  };
};
