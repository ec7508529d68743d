import { exitCode } from "./exit-code.ts";

export type StopOptions = {
  /** How long an orderly end may take. */
  readonly graceMs?: number;
  /** npm passes on a Ctrl-C that the terminal has sent us already: within this time it is the same one. */
  readonly echoMs?: number;
};

type Stoppable = Pick<NodeJS.Process, "on" | "exit">;

/** Aborted by the first SIGINT, SIGTERM or SIGHUP; a second one, or too slow an end, ends the process at once. */
export const createStopSignal = (
  process: Stoppable,
  { graceMs = 15_000, echoMs = 300 }: StopOptions = {},
): AbortSignal => {
  const stop = new AbortController();
  const endNow = () => process.exit(exitCode.interrupted);
  let isEcho = false;
  const onSignal = (signal: NodeJS.Signals): void => {
    if (isEcho) return;
    if (stop.signal.aborted) endNow();
    isEcho = true;
    setTimeout(() => (isEcho = false), echoMs).unref();
    setTimeout(endNow, graceMs).unref();
    stop.abort(signal);
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, onSignal);
  return stop.signal;
};
