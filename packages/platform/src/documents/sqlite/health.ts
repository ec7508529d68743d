import { statSync } from "node:fs";
import type { DatabaseSync } from "node:sqlite";
import type { DocumentsHealth } from "../port.ts";
import type { Reader } from "./reader.ts";
import type { Writer } from "./writer.ts";

type Deps = { path: string; database: DatabaseSync; reader: Reader; writer: Writer };

/** After a failed group one small write tells whether the store takes them again, so that it also recovers when idle. */
export async function checkStore({
  path,
  database,
  reader,
  writer,
}: Deps): Promise<DocumentsHealth> {
  try {
    reader.row("SELECT 1", []);
    if (writer.failure() !== null) {
      const probe = database.prepare('UPDATE "_store" SET id = id');
      const answer = await writer.write(() => probe.run());
      if ("outcome" in answer) return { ok: false, detail: answer.reason };
    }
    return { ok: true, detail: describe(path) };
  } catch (error) {
    return { ok: false, detail: error instanceof Error ? error.message : String(error) };
  }
}

function describe(path: string): string {
  if (path === ":memory:") return "in memory, gone with the process";
  const size = (file: string) => statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  return `${((size(path) + size(`${path}-wal`)) / 2 ** 20).toFixed(1)} MiB`;
}
