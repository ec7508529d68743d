// Writes until it is killed and prints the seq of every document as soon as the store acknowledged it.
import { writeSync } from "node:fs";
import { line, lines } from "../../compliance/fixtures.ts";
import { openDocuments } from "../../open.ts";

const documents = await openDocuments(
  { engine: "sqlite", path: process.argv[2] ?? "", create: true },
  [lines],
);
const collection = documents.collection(lines);
let next = 0;

async function writeForEver(): Promise<never> {
  for (;;) {
    const seq = next++;
    const written = await collection.insert(line("a", seq));
    if (written.outcome === "done") writeSync(1, `${seq}\n`);
  }
}
await Promise.all(Array.from({ length: 20 }, writeForEver));
