import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { TestProject } from "vitest/node";
import { withoutBrowser } from "./browser.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** Where the console's pages lie as they are delivered. */
    readonly consoleDirectory: string;
  }
}

const root = fileURLToPath(new URL("../../", import.meta.url));
const vite = join(root, "node_modules/vite/bin/vite.js");

/** Builds the pages as they are delivered, into a folder of their own, once for all suites. */
export default async ({ provide }: TestProject): Promise<() => Promise<void>> => {
  const directory = await mkdtemp(join(tmpdir(), "lucid-console-"));
  const options = ["--logLevel", "error", "--outDir", directory, "--emptyOutDir"];
  const cwd = join(root, "packages/console");
  if (!withoutBrowser)
    await promisify(execFile)(process.execPath, [vite, "build", ...options], { cwd });
  provide("consoleDirectory", directory);
  return () => rm(directory, { recursive: true, force: true });
};
