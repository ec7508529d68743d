import { createReadStream, createWriteStream } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGunzip, createGzip } from "node:zlib";
import { documentToLine, lineToDocument } from "@lucid/platform/documents";
import { damaged } from "./failures.ts";

const FOLDER = "documents";
const CHUNK_CHARACTERS = 65_536;

const pathOf = (folder: string, name: string): string => join(folder, FOLDER, `${name}.ndjson.gz`);

/** Writes the documents of one collection, a line each, over what an earlier attempt left; answers how many. */
export const writeDocuments = async (
  folder: string,
  name: string,
  documents: AsyncIterable<Record<string, unknown>>,
): Promise<number> => {
  await mkdir(join(folder, FOLDER), { recursive: true, mode: 0o700 });
  let count = 0;
  async function* chunks(): AsyncGenerator<string> {
    let chunk = "";
    for await (const document of documents) {
      chunk += documentToLine(document);
      count++;
      if (chunk.length < CHUNK_CHARACTERS) continue;
      yield chunk;
      chunk = "";
    }
    yield chunk;
  }
  const file = createWriteStream(pathOf(folder, name), { mode: 0o600, flush: true });
  await pipeline(Readable.from(chunks()), createGzip(), file);
  return count;
};

/** Reads what `writeDocuments` wrote. Throws `backup.damaged`, also when fewer or more are there than were written. */
export async function* readDocuments(
  folder: string,
  name: string,
  expected: number,
): AsyncGenerator<Record<string, unknown>> {
  const path = pathOf(folder, name);
  let count = 0;
  for await (const line of linesOf(path)) {
    count++;
    yield lineToDocument(line);
  }
  if (count !== expected) throw damaged(path, `it holds ${count} documents of ${expected}`);
}

/** Lines end with a line feed alone; other characters that end lines elsewhere may stand in a document. */
async function* linesOf(path: string): AsyncGenerator<string> {
  const text = createReadStream(path).pipe(createGunzip()).setEncoding("utf8");
  let rest = "";
  try {
    for await (const chunk of text as AsyncIterable<string>) {
      const lines = (rest + chunk).split("\n");
      rest = lines.pop() ?? "";
      yield* lines;
    }
  } catch (cause) {
    throw damaged(path, "it cannot be read to its end", cause);
  }
  if (rest !== "") throw damaged(path, "its last line is cut off");
}
