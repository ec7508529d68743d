import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { lineToDocument } from "@lucid/platform/documents";
import type { StoreCopy } from "@lucid/node-management";

/** One document of a fixture, in a line of its own. */
export type FixtureLine = {
  readonly collection: string;
  /** The schema version that it was written under. */
  readonly version: number;
  readonly document: Record<string, unknown>;
};

/** A store that an earlier version wrote, as `make-fixture.ts` keeps it: text, so that a change of it can be read. */
export const readFixture = async (folder: string): Promise<StoreCopy> => {
  const text = await readFile(join(folder, "documents.ndjson"), "utf8");
  const lines = text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => lineToDocument(line) as FixtureLine);
  const versions = new Map(lines.map(({ collection, version }) => [collection, version]));
  return {
    id: "fixture",
    networkId: String(
      lines.find(({ collection }) => collection === "network")?.document["network_id"],
    ),
    versions,
    async *documents(name) {
      for (const { collection, document } of lines) if (collection === name) yield document;
    },
  };
};
