import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { toHex } from "@lucid/protocol";
import type { TestNetwork } from "./network.ts";

export type TestFolder = AsyncDisposable & { readonly path: string };

/** A data folder as `lucid init` makes it. */
export const createTestFolder = async ({ genesis, seeds }: TestNetwork): Promise<TestFolder> => {
  const path = await mkdtemp(join(tmpdir(), "lucid-log-"));
  await mkdir(join(path, "keys"), { mode: 0o700 });
  await writeFile(join(path, "network.json"), JSON.stringify(genesis));
  for (const [role, seed] of Object.entries(seeds))
    await writeFile(join(path, "keys", `${role}.key`), `${toHex(seed)}\n`);
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) };
};
