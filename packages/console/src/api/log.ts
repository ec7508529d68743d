import { keepPreviousData, useQuery, type UseQueryResult } from "@tanstack/react-query";
import { pollPeriodMs } from "./connection.ts";
import type { Checked } from "./log-messages.ts";
import type { AnswerTo, ArgumentsOf, Question } from "./log-questions.ts";
import { createLogThread } from "./log-thread.ts";
import { createMemory } from "./memory.ts";
import { takeReading, type Reading } from "./reading.ts";
import { queryClient, questionOf, serverClock } from "./service.ts";

export type Evidence<T> = UseQueryResult<Reading<Checked<T>>>;

/** The first of these readings that found the log to contradict itself; it says nothing but that. */
export const findLie = (...readings: readonly Evidence<unknown>[]): Evidence<never> | null =>
  readings.find(isLie) ?? null;

const isLie = (reading: Evidence<unknown>): reading is Evidence<never> =>
  reading.data?.value.holds === false;

/** Where the service passes the public log through; nothing that comes from there is believed. */
export const logAddress = new URL("/log", location.origin).href;

const memory = createMemory();
const nameOf = (networkId: string) => `lucid log ${networkId}`;
const askThread = createLogThread((networkId, text) => memory.setItem(nameOf(networkId), text));

const ask = async <Q extends Question>(
  question: Q,
  args: ArgumentsOf<Q>,
): Promise<Reading<Checked<AnswerTo<Q>>>> => {
  const sentAt = performance.now();
  const network = await queryClient.ensureQueryData(questionOf("getNetwork", {}));
  const networkId = network.value.network_id;
  const seen = memory.getItem(nameOf(networkId));
  const checked = await askThread({ address: logAddress, networkId, seen, question, args });
  const value = checked as Checked<AnswerTo<Q>>;
  return takeReading(serverClock, value, sentAt, performance.now());
};

/** Something that changes as the log grows. */
export const useLog = <Q extends Question>(
  question: Q,
  ...args: ArgumentsOf<Q>
): Evidence<AnswerTo<Q>> =>
  useQuery({
    queryKey: ["log", question, ...args],
    queryFn: () => ask(question, args),
    structuralSharing: false,
    placeholderData: keepPreviousData,
  });

/** Something about a block that the log has. It never changes, so it is read once, until it holds. */
export const useProven = <Q extends "block" | "body" | "leaf">(
  question: Q,
  ...args: ArgumentsOf<Q>
): Evidence<AnswerTo<Q>> =>
  useQuery({
    queryKey: ["proven", question, ...args],
    queryFn: () => ask(question, args),
    structuralSharing: false,
    staleTime: Infinity,
    refetchInterval: ({ state }) => (state.data?.value.holds === true ? false : pollPeriodMs()),
  });
