import { LogError, openLog, openUrl, SourceError, type Log } from "@lucid/verify";
import { keepPreviousData, useQuery, type UseQueryResult } from "@tanstack/react-query";
import { pollPeriodMs } from "./connection.ts";
import { createMemory } from "./memory.ts";
import { takeReading, type Reading } from "./reading.ts";
import { compareWithSeen, type SinceSeen } from "./seen-checkpoint.ts";
import { queryClient, questionOf, serverClock } from "./service.ts";

/** A log and how it stands to what this browser has seen of it before. */
export type OpenedLog = { readonly log: Log; readonly since: SinceSeen };

/** What was read, or where the log contradicts itself: a verdict, so that a lie takes the place of what was shown before. */
export type Checked<T> =
  | { readonly holds: true; readonly value: T }
  | ({ readonly holds: false } & Pick<LogError, "code" | "place" | "message">);

export type Evidence<T> = UseQueryResult<Reading<Checked<T>>>;

/** Where the service passes the public log through; nothing that comes from there is believed. */
export const logAddress = new URL("/log", location.origin).href;
const source = openUrl(logAddress);

const memory = createMemory();
let latest: OpenedLog | null = null;
let opening: Promise<OpenedLog> | null = null;

const open = async (): Promise<OpenedLog> => {
  const network = await queryClient.ensureQueryData(questionOf("getNetwork", {}));
  const log = await openLog(source, { networkId: network.value.network_id });
  latest = { log, since: await compareWithSeen(log, memory) };
  return latest;
};

/** The log under the checkpoint that it shows now; who asks at the same time shares it. */
const openNow = (): Promise<OpenedLog> =>
  (opening ??= open().finally(() => {
    opening = null;
  }));

/** A log that reaches this height. One that was opened before will do: what is proven stays proven. */
const openUpTo = async (height: number): Promise<OpenedLog> =>
  latest !== null && height < latest.log.checkpoint.size ? latest : await openNow();

const check = async <T>(read: () => Promise<T>): Promise<Reading<Checked<T>>> => {
  const sentAt = performance.now();
  const value = await read().then(
    (found): Checked<T> => ({ holds: true, value: found }),
    (error: unknown): Checked<T> => {
      latest = null; // with everything that it has read
      if (!(error instanceof LogError)) throw explain(error);
      const { code, place, message } = error;
      return { holds: false, code, place, message };
    },
  );
  return takeReading(serverClock, value, sentAt, performance.now());
};

const explain = (error: unknown): unknown => {
  if (!(error instanceof SourceError)) return error;
  const message = `The log cannot be read now: ${error.message}.`;
  return new SourceError(error.code, error.path, message, { cause: error });
};

/** Something that changes as the log grows. */
export const useLog = <T>(
  key: readonly unknown[],
  read: (opened: OpenedLog) => Promise<T> | T,
): Evidence<T> =>
  useQuery({
    queryKey: ["log", ...key],
    queryFn: () => check(async () => read(await openNow())),
    structuralSharing: false,
    placeholderData: keepPreviousData,
  });

/** Something about a block that the log has. It never changes, so it is read once, until it holds. */
export const useProven = <T>(
  key: readonly unknown[],
  height: number,
  read: (log: Log) => Promise<T>,
): Evidence<T> =>
  useQuery({
    queryKey: ["proven", height, ...key],
    queryFn: () => check(async () => read((await openUpTo(height)).log)),
    structuralSharing: false,
    staleTime: Infinity,
    refetchInterval: ({ state }) => (state.data?.value.holds === true ? false : pollPeriodMs()),
  });
