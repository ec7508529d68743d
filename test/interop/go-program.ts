import { execFile, spawnSync } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const run = promisify(execFile);
const sources = fileURLToPath(new URL(".", import.meta.url));

/** A cold cache compiles Go's cryptography and fetches the modules. */
export const BUILD_TIMEOUT_MS = 300_000;

/** Whether there is Go to build the independent code with; without it CI fails, and others are told what is skipped. */
export const hasGo = spawnSync("go", ["version"]).status === 0;

if (!hasGo) {
  const reason =
    "go is not on the PATH: our logs are not checked by golang.org/x/mod and transparency-dev";
  if (process.env["CI"] === "true") throw new Error(reason);
  process.stderr.write(`skipped test/interop: ${reason}\n`);
}

/** Runs the program; rejects with `code` and `stderr` when it does not exit with 0. */
export type GoProgram = (...args: string[]) => Promise<{ stdout: string; stderr: string }>;

/** Builds a program into a directory: the one beside this file, or that of another folder. */
export const buildGoProgram = async (dir: string, from = sources): Promise<GoProgram> => {
  const program = join(dir, "interop");
  await run("go", ["build", "-o", program, "."], { cwd: from });
  return (...args) => run(program, args);
};
