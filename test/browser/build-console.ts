import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const root = fileURLToPath(new URL("../../", import.meta.url));
const vite = join(root, "node_modules/vite/bin/vite.js");

export type BuiltConsole = AsyncDisposable & { readonly directory: string };

/** Builds the pages as they are delivered, into a folder of its own. */
export const buildConsole = async (): Promise<BuiltConsole> => {
  const directory = await mkdtemp(join(tmpdir(), "lucid-console-"));
  await promisify(execFile)(
    process.execPath,
    [vite, "build", "--logLevel", "error", "--outDir", directory, "--emptyOutDir"],
    { cwd: join(root, "packages/console") },
  );
  return {
    directory,
    [Symbol.asyncDispose]: () => rm(directory, { recursive: true, force: true }),
  };
};
