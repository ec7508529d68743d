import { statfsSync, statSync } from "node:fs";
import { dirname } from "node:path";
import type { DatabaseSync } from "node:sqlite";
import type { DocumentsHealth } from "../port.ts";
import type { Reader } from "./reader.ts";
import type { Writer } from "./writer.ts";

type Deps = { path: string; database: DatabaseSync; reader: Reader; writer: Writer };

/** With less room than this a failed store stays failed: a small write that fits would only hide it. */
const leastFreeBytes = 16 * 2 ** 20;
const mebibytes = (size: number) => `${(size / 2 ** 20).toFixed(1)} MiB`;

/** After a failed group one small write tells whether the store takes them again, so that it also recovers when idle. */
export async function checkStore({
  path,
  database,
  reader,
  writer,
}: Deps): Promise<DocumentsHealth> {
  try {
    reader.row("SELECT 1", []);
    const failure = writer.failure();
    if (failure === null) return { ok: true, detail: describeSize(path) };
    const freeBytes = freeBytesAt(path);
    if (freeBytes < leastFreeBytes)
      return { ok: false, detail: `${failure} (${mebibytes(freeBytes)} free)` };
    const probe = database.prepare('UPDATE "_store" SET id = id');
    const answer = await writer.write(() => probe.run());
    return "outcome" in answer
      ? { ok: false, detail: answer.reason }
      : { ok: true, detail: describeSize(path) };
  } catch (error) {
    return { ok: false, detail: error instanceof Error ? error.message : String(error) };
  }
}

function freeBytesAt(path: string): number {
  if (path === ":memory:") return Infinity;
  const { bavail, bsize } = statfsSync(dirname(path));
  return bavail * bsize;
}

function describeSize(path: string): string {
  if (path === ":memory:") return "in memory, gone with the process";
  const size = (file: string) => statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  return mebibytes(size(path) + size(`${path}-wal`));
}
