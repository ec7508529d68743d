import { LogError, openLog, openUrl, type Source, SourceError } from "@lucid/verify";
import type { Answered, Asked, Checked } from "./log-messages.ts";
import { type LogReader, type OpenedLog, questions } from "./log-questions.ts";
import { compareWithSeen, type SinceSeen } from "./seen-checkpoint.ts";

// A thread of its own: ten thousand signatures or chains must not hold up the page.

let source: Source | null = null;
let beforeVisit: SinceSeen | null = null;
let latest: OpenedLog | null = null;
let opening: Promise<OpenedLog> | null = null;

const open = async (
  { address, networkId, seen }: Asked,
  remember: (text: string) => void,
): Promise<OpenedLog> => {
  source ??= openUrl(address);
  const log = await openLog(source, { networkId });
  const compared = await compareWithSeen(log, seen);
  if (compared.remember !== null) remember(compared.remember);
  latest = { log, since: ofVisit(compared.since) };
  return latest;
};

/** What was seen before this visit; what was seen during it only shows when the log became shorter. */
const ofVisit = (since: SinceSeen): SinceSeen =>
  since.kind === "shorter" ? since : (beforeVisit ??= since);

const readerFor = (asked: Asked, remember: (text: string) => void): LogReader => {
  // Who asks at the same time shares it.
  const now = () =>
    (opening ??= open(asked, remember).finally(() => {
      opening = null;
    }));
  // One that was opened before will do: what is proven stays proven.
  const upTo = async (height: number) =>
    latest?.log.networkId === asked.networkId && height < latest.log.checkpoint.size
      ? latest
      : await now();
  return { now, upTo };
};

const check = async (read: () => Promise<unknown>): Promise<Checked<unknown>> => {
  try {
    return { holds: true, value: await read() };
  } catch (error) {
    latest = null; // with everything that it has read
    if (!(error instanceof LogError)) throw error;
    const { code, place, message } = error;
    return { holds: false, code, place, message };
  }
};

const answer = async (asked: Asked): Promise<Answered> => {
  let remember: string | null = null;
  const reader = readerFor(asked, (text) => {
    remember = text;
  });
  const ask = questions[asked.question] as (
    reader: LogReader,
    ...args: unknown[]
  ) => Promise<unknown>;
  try {
    const checked = await check(() => ask(reader, ...asked.args));
    return { id: asked.id, remember, checked };
  } catch (error) {
    return { id: asked.id, remember, fault: toFault(error) };
  }
};

const toFault = (error: unknown) =>
  error instanceof SourceError
    ? { code: error.code, message: `The log cannot be read now: ${error.message}.` }
    : { code: "log.reader", message: `The log cannot be checked here: ${String(error)}.` };

addEventListener("message", ({ data }: MessageEvent<Asked>) => {
  void answer(data).then((answered) => postMessage(answered));
});
