import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

export type TestFolder = AsyncDisposable & { readonly path: string };

/** A folder of its own that is gone after the test. */
export const createTestFolder = async (): Promise<TestFolder> => {
  const path = await mkdtemp(join(tmpdir(), "lucid-test-"));
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) };
};
