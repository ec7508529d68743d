import { createLog, type Log } from "../log/index.ts";

/** A service as a process: what starts it, and what to say and answer when it does not. */
export type ServiceProgram = {
  readonly name: string;
  /** Resolves once it listens. Throws what refuses to start, with a line for the operator. */
  readonly start: () => Promise<{
    readonly service: AsyncDisposable;
    readonly log: Log;
    /** How long it goes on on purpose after it was asked to stop; the deadline counts from then on. */
    readonly drainMs?: number;
  }>;
  readonly exitCodeOf: (error: unknown) => number;
  /** Ends the process when it has not stopped after so long, and what becomes of the rest. */
  readonly deadline?: { readonly ms: number; readonly words: string };
};

/** What a service needs of its process; only a program's main hands it over. */
type ServiceProcess = Pick<NodeJS.Process, "on" | "exit">;

/** Runs a service until the process is asked to stop; asked for during the start, stopping takes effect right after it. */
export const runService = async (
  process: ServiceProcess,
  { name, start, exitCodeOf, deadline }: ServiceProgram,
): Promise<void> => {
  const askedToStop = new Promise<string>((resolve) => {
    process.on("SIGTERM", resolve);
    process.on("SIGINT", resolve);
  });
  const refuse = (error: unknown): never => {
    const exitCode = exitCodeOf(error);
    const message = error instanceof Error ? error.message : String(error);
    const log = createLog({ level: "error", name });
    log.fatal(exitCode === 1 ? { err: error } : {}, `cannot start: ${message}`);
    process.exit(exitCode);
  };
  const giveUp = (words: string): never => {
    createLog({ level: "error", name }).error(`did not stop in time; ${words}`);
    process.exit(1);
  };

  let drain = 0;
  if (deadline !== undefined)
    void askedToStop.then(() => setTimeout(giveUp, drain + deadline.ms, deadline.words).unref());
  const { service, log, drainMs = 0 } = await start().catch(refuse);
  drain = drainMs;
  log.info({ signal: await askedToStop }, "stopping");
  await service[Symbol.asyncDispose]();
  log.info("stopped");
};
