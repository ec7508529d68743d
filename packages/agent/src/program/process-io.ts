import { randomBytes } from "node:crypto";
import { homedir } from "node:os";
import { systemClock } from "@lucid/platform/clock";
import type { Io } from "./io.ts";
import { createHints } from "./started-as.ts";
import { createStopSignal } from "./stop-signal.ts";

/** The real process; its signals become one abort. Only a `main.ts` calls this. */
export const createProcessIo = (process: NodeJS.Process): Io => {
  const signal = createStopSignal(process);
  ignoreClosedPipes(process);
  return {
    stdout: process.stdout,
    stderr: process.stderr,
    interactive: process.stdin.isTTY && process.stdout.isTTY,
    columns: () => process.stdout.columns ?? 80,
    env: process.env,
    home: homedir(),
    clock: systemClock,
    random: (bytes) => new Uint8Array(randomBytes(bytes)),
    hint: createHints({ script: process.argv[1], env: process.env, cwd: process.cwd() }),
    signal,
  };
};

/** `lucid … | head` closes our output early, which is no fault. */
const ignoreClosedPipes = (process: NodeJS.Process): void => {
  for (const stream of [process.stdout, process.stderr])
    stream.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code !== "EPIPE") throw error;
    });
};
