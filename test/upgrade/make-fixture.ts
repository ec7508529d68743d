/**
 * node test/upgrade/make-fixture.ts <data folder> <fixture folder>
 *
 * Keeps the store of a version before a change of schema: check that version out, let `lucid demo --exit` run to its end
 * with it, and name the folder that its services used. What is signed there is worth nothing: it is a demo.
 */
import { copyFile, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { documentToLine, openSnapshot } from "@lucid/platform/documents";
import type { FixtureLine } from "./fixture.ts";

const [data, folder] = process.argv.slice(2);
if (data === undefined || folder === undefined)
  throw new Error("usage: node test/upgrade/make-fixture.ts <data folder> <fixture folder>");
/** Enough of those that are many; of the others every one counts. */
const fewOf: Readonly<Record<string, number>> = { beacon_segments: 40, slots: 60 };

await using snapshot = await openSnapshot(
  { engine: "sqlite", path: join(data, "node-management.sqlite") },
  [],
);
let text = "";
for (const [collection, version] of snapshot.versions) {
  let count = 0;
  for await (const document of snapshot.documents(collection)) {
    if (count++ === (fewOf[collection] ?? Number.POSITIVE_INFINITY)) break;
    text += documentToLine({ collection, version, document } satisfies FixtureLine);
  }
}
await mkdir(folder, { recursive: true });
await writeFile(join(folder, "documents.ndjson"), text);
for (const name of ["network.json", "policy.json"])
  await copyFile(join(data, name), join(folder, name));
