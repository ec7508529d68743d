import type { Collection } from "@lucid/platform/documents";
import { Fault } from "../shared/fault.ts";
import type { EpochResultDocument } from "./documents.ts";

type Results = Collection<EpochResultDocument>;

const PAGE = 1000;
const MAX_ATTEMPTS = 1000;

/** The results of one run in ascending node id, page by page. */
export async function* readResults(
  results: Results,
  epoch: number,
  run: string,
): AsyncGenerator<EpochResultDocument[]> {
  let after = "";
  for (;;) {
    const where = { epoch, run, node_id: { gt: after } };
    const page = await results.find({ where, sort: [["node_id", "asc"]], limit: PAGE });
    if (page.length > 0) yield page;
    if (page.length < PAGE) return;
    after = page.at(-1)?.node_id ?? after;
  }
}

/** Writes a run in ascending node id. What is there is always its beginning, so a later try goes on behind it. */
export const writeRun = async (
  results: Results,
  { epoch, run }: { epoch: number; run: string },
  documents: readonly EpochResultDocument[],
): Promise<void> => {
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
    const there = await results.count({ where: { epoch, run } });
    if (there === documents.length) return;
    await results.insertMany(documents.slice(there));
  }
  throw new Fault("epochs.results", `the results of epoch ${epoch} could not be written`, { run });
};

/** Takes away the results of runs that were not picked. */
export const dropOtherRuns = async (
  results: Results,
  { epoch, run, count }: { epoch: number; run: string; count: number },
): Promise<void> => {
  if ((await results.count({ where: { epoch } })) === count) return;
  for (const where of [
    { epoch, run: { lt: run } },
    { epoch, run: { gt: run } },
  ])
    for (const other of await results.find({ where })) await results.remove(other.id);
};
