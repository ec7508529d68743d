import { exitCode, Failure, type ExitCode, type Io } from "@lucid/agent";
import { startChild, type Child, type Exit } from "../programs/index.ts";

/** A running program that said where it listens. */
export type Listening = { readonly child: Child; readonly announced: Announced };
type Announced = { readonly url: string } & Readonly<Record<string, unknown>>;

/** A small machine under load is slow; what ended is noticed at once. */
const START_MS = 60_000;

type ChildSettings = Omit<Parameters<typeof startChild>[0], "onLine">;

/** Starts a program and waits for the line in which it says where it listens; throws a Failure with its last words. */
export const startListening = async (
  io: Io,
  name: string,
  settings: ChildSettings,
): Promise<Listening> => {
  const { promise, resolve } = Promise.withResolvers<Announced>();
  const child = startChild({
    ...settings,
    onLine: (line) => {
      const announced = parseListening(line);
      if (announced !== null) resolve(announced);
    },
  });
  const decided = new AbortController();
  const patience = AbortSignal.any([io.signal, decided.signal]);
  const outcome = await Promise.race([
    promise,
    child.exited,
    io.clock.sleep(START_MS, patience).then(() => null),
  ]);
  decided.abort();
  if (outcome !== null && "url" in outcome) return { child, announced: outcome };
  await child.stop(1000);
  if (io.signal.aborted) throw interrupted();
  throw childFailure(name, child, settings.logFile, outcome);
};

export const interrupted = (): Failure =>
  new Failure("interrupted", "stopped before three payouts were confirmed", {
    fix: "Everything is kept: start it again to go on, or remove its folder to start over",
    exit: exitCode.interrupted,
  });

/** What is left to say about a program that ended or never came up. */
export const childFailure = (
  name: string,
  child: Child,
  logFile: string,
  exit: Exit | null,
): Failure => {
  const wasKilled = exit !== null && exit.signal !== null; // then no line of its own says why
  const last = wasKilled ? undefined : lastWords(child.lastLines());
  const what = exit === null ? "does not come up" : endOf(exit);
  return new Failure(
    "demo.child",
    `${name} ${what}${last === undefined ? "" : `: ${plain(last)}`}`,
    {
      fix: `Its log is ${logFile}`,
      exit: exit === null ? exitCode.fault : exitOf(exit.code),
    },
  );
};

const known: readonly number[] = [
  exitCode.usage,
  exitCode.wrongNetwork,
  exitCode.folder,
  exitCode.port,
];
const exitOf = (code: number): ExitCode =>
  known.includes(code) ? (code as ExitCode) : exitCode.fault;

const endOf = ({ code, signal }: Exit): string =>
  signal === null ? `ended with exit code ${code}` : `was ended by ${signal}`;

/** The line that says why, as far as a line can be told to. */
const lastWords = (lines: readonly string[]): string | undefined =>
  lines.findLast((line) => /error/i.test(line) || line.startsWith("{")) ?? lines.at(-1);

/** The message of a JSON log line, or the line itself. */
const plain = (line: string): string => {
  const value = parseObject(line);
  const message = value?.["msg"] ?? value?.["message"];
  return typeof message === "string" ? message : line;
};

const parseListening = (line: string): Announced | null => {
  const value = parseObject(line);
  if (value === null || typeof value["url"] !== "string") return null;
  const isIt = value["event"] === "listening" || value["msg"] === "listening";
  return isIt ? { ...value, url: value["url"] } : null;
};

export const parseObject = (line: string): Record<string, unknown> | null => {
  if (!line.startsWith("{")) return null;
  try {
    return JSON.parse(line) as Record<string, unknown>;
  } catch {
    return null; // a line cut off by the program's end
  }
};
