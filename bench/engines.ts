import { join } from "node:path";
import {
  type Collection,
  defineCollection,
  type Documents,
  type DocumentsOptions,
  openDocuments,
} from "@lucid/platform/documents";
import { Type } from "typebox";
import { secondsOf, withDatabase, withFolder } from "./measure.ts";

const benchCollection = defineCollection({
  name: "bench",
  schema: Type.Object({ id: Type.String(), owner: Type.String(), n: Type.Integer() }),
  unique: [["owner", "n"]],
});
type Line = { id: string; owner: string; n: number };

const inFlight = 100;
const owners = 50;

/** Inserts, compare-and-sets and finds a second on each engine, 100 at a time, and how they compare. */
export async function benchEngines(): Promise<Record<string, number | Record<string, number>>> {
  const uri = process.env["MONGODB_URI"];
  const sqlite = await withFolder((folder) =>
    measure({ engine: "sqlite", path: join(folder, "bench.sqlite"), create: true }, 20_000),
  );
  if (uri === undefined) return { sqlite };
  const mongodb = await withDatabase(uri, (own) => measure({ engine: "mongodb", uri: own }, 1000));
  const compared = Object.keys(sqlite).map((key) => [
    `${key}_mongodb_over_sqlite`,
    (mongodb[key] ?? 0) / (sqlite[key] ?? 1),
  ]);
  return { sqlite, mongodb, ...(Object.fromEntries(compared) as Record<string, number>) };
}

const measure = async (
  options: DocumentsOptions,
  count: number,
): Promise<Record<string, number>> => {
  await using documents: Documents = await openDocuments(options, [benchCollection]);
  const lines: Collection<Line> = documents.collection(benchCollection);
  const lineOf = (i: number): Line => ({ id: `line ${i}`, owner: `o${i % owners}`, n: i });
  return {
    inserts_per_s: await rate(count, (i) => lines.insert(lineOf(i))),
    compare_and_sets_per_s: await rate(count, (i) =>
      lines.update(`line ${i}`, { n: i + count }, { expect: { n: i } }),
    ),
    gets_per_s: await rate(count, (i) => lines.get(`line ${i}`)),
    finds_of_20_per_s: await rate(count, (i) =>
      lines.find({ where: { owner: `o${i % owners}` }, sort: [["n", "desc"]], limit: 20 }),
    ),
  };
};

/** How many a second get through, a hundred at a time. */
const rate = async (count: number, act: (i: number) => Promise<unknown>): Promise<number> => {
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let i = next++; i < count; i = next++) await act(i);
  };
  return count / (await secondsOf(() => Promise.all(Array.from({ length: inFlight }, worker))));
};
