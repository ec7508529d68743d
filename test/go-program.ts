import { execFile } from "node:child_process";
import { basename, join } from "node:path";
import { promisify } from "node:util";
import { hasProgram } from "./has-program.ts";

const run = promisify(execFile);

/** A cold cache compiles Go's cryptography and fetches the modules. */
export const BUILD_TIMEOUT_MS = 300_000;

/** Whether there is Go to build the independent code with. */
export const hasGo = hasProgram("go", "nothing is compared with independent code in Go");

/** Runs the program; rejects with `code` and `stderr` when it does not exit with 0. */
export type GoProgram = (...args: string[]) => Promise<{ stdout: string; stderr: string }>;

/** Builds the program whose sources lie in `from` into a directory, under that folder's name. */
export const buildGoProgram = async (dir: string, from: string): Promise<GoProgram> => {
  const program = join(dir, basename(from));
  await run("go", ["build", "-o", program, "."], { cwd: from });
  return (...args) => run(program, args);
};
