import type { Collection, Documents } from "@lucid/platform/documents";
import { type EpochClosed, type EpochResult, slotAt } from "@lucid/protocol";
import { Fault } from "../shared/fault.ts";
import type { Network } from "../shared/network.ts";
import type { RecordSource } from "../shared/record-source.ts";
import { markSealed } from "../shared/sealed.ts";
import {
  epochCollection,
  type EpochDocument,
  epochResultCollection,
  type EpochResultDocument,
  resultDocumentId,
} from "./documents.ts";
import { readResults } from "./results.ts";

export type EpochSourceDeps = {
  readonly documents: Pick<Documents, "collection">;
  readonly network: Network;
};

type Picked = EpochDocument & { run: string; picked_at: number };

/** Results of the picked run of every epoch whose closing is not sealed, from the moment of the pick on. */
export const createEpochResultSource = ({
  documents,
  network,
}: EpochSourceDeps): RecordSource<"epoch_result"> => {
  const epochs = documents.collection(epochCollection);
  const results = documents.collection(epochResultCollection);

  /** The document ids of records, whose run is the one that their epoch picked. */
  const idsOf = async (sealed: readonly EpochResult[]): Promise<string[]> => {
    const runs = new Map<number, string>();
    for (const { epoch } of sealed)
      if (!runs.has(epoch)) runs.set(epoch, await runOf(epochs, epoch));
    return sealed.map(({ epoch, node_id }) =>
      resultDocumentId(epoch, runs.get(epoch) ?? "", node_id),
    );
  };

  return {
    type: "epoch_result",
    collect: async ({ slot }) => {
      const unsealed: EpochResult[] = [];
      for (const { epoch, run, picked_at } of (await readUnsealed(epochs)).filter(isPicked)) {
        if (slotAt(network.genesis, picked_at) > slot) continue;
        for await (const page of readResults(results, epoch, run))
          for (const result of page)
            if (result.sealed_slot === null) unsealed.push(documentToResult(result));
      }
      return unsealed;
    },
    mark: async (slot, sealed) => markSealed(results, await idsOf(sealed), slot),
  };
};

/** What closes an epoch, from the moment on at which its rewards are in the ledger. */
export const createEpochClosedSource = ({
  documents,
  network,
}: EpochSourceDeps): RecordSource<"epoch_closed"> => {
  const epochs = documents.collection(epochCollection);
  return {
    type: "epoch_closed",
    collect: async ({ slot }) =>
      (await readUnsealed(epochs))
        .filter(({ closed_at }) => closed_at !== undefined)
        .filter(({ closed_at = 0 }) => slotAt(network.genesis, closed_at) <= slot)
        .map(documentToClosed),
    mark: (slot, sealed) =>
      markSealed(
        epochs,
        sealed.map(({ epoch }) => String(epoch)),
        slot,
      ),
  };
};

/** Epochs whose closing is not sealed: after their own record nothing of them is left to seal. */
const readUnsealed = (epochs: Collection<EpochDocument>): Promise<EpochDocument[]> =>
  epochs.find({ where: { sealed_slot: null }, sort: [["epoch", "asc"]] });

const isPicked = (document: EpochDocument): document is Picked => document.picked_at !== undefined;

const runOf = async (epochs: Collection<EpochDocument>, epoch: number): Promise<string> => {
  const run = (await epochs.get(String(epoch)))?.run;
  if (run !== undefined) return run;
  throw new Fault("epochs.sealed", `results of epoch ${epoch} are sealed, but no run is picked`);
};

export const documentToResult = (document: EpochResultDocument): EpochResult => {
  const {
    id: _id,
    run: _run,
    owner_id: _owner,
    last_time: _last,
    sealed_slot: _sealed,
    ...result
  } = document;
  return { ...result, reward_micro: result.reward_micro.toString() };
};

export const documentToClosed = (document: EpochDocument): EpochClosed => ({
  epoch: document.epoch,
  count: document.count ?? 0,
  root: document.root ?? "",
  total_micro: (document.total_micro ?? 0n).toString(),
  budget_micro: (document.budget_micro ?? 0n).toString(),
});
