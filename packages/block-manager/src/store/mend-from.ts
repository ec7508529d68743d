import { SourceError } from "@lucid/verify";
import type { Source } from "@lucid/verify";
import type { Mend } from "./mend.ts";

/** The first of these sources that has a file; one that cannot be read is as if it had none. */
export const mendFrom =
  (sources: readonly Source[]): Mend =>
  async (path) => {
    for (const source of sources) {
      const bytes = await readOrNull(source, path);
      if (bytes !== null) return bytes;
    }
    return null;
  };

async function readOrNull(source: Source, path: string): Promise<Uint8Array | null> {
  try {
    return await source.read(path);
  } catch (error) {
    if (error instanceof SourceError) return null;
    throw error;
  }
}
