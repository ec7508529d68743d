import { Redis } from "ioredis";
import type { Log } from "../log/index.ts";
import { CacheError } from "./error.ts";

export type Connection = {
  readonly redis: Redis;
  isConnected(): boolean;
  lastProblem(): string;
  /** Calls back when it is connected for the next time; a failure is met by the next connection. */
  onceConnected(then: () => Promise<unknown>): void;
  close(): void;
};

type Options = {
  readonly url: string;
  readonly log: Log;
  readonly onState: (isConnected: boolean) => void;
};

/** An answer that takes longer is as good as none: nobody waits for a cache. */
const answerWithinMs = 500;
const connectWithinMs = 2000;
const retryEveryMs = { first: 50, longest: 2000 };
/** What no patience helps against. */
const refusals = /^(WRONGPASS|NOAUTH|NOPERM|ERR AUTH|ERR invalid DB|ERR DB index)/;

/**
 * A connection that comes back by itself, however long Redis is away. Resolves after the first attempt, whatever came of
 * it, and throws `cache.refused` when Redis does not let us in.
 */
export const createConnection = async ({ url, log, onState }: Options): Promise<Connection> => {
  let isConnected = false;
  let problem = "not connected yet";
  const redis = new Redis(url, {
    lazyConnect: true,
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    connectTimeout: connectWithinMs,
    commandTimeout: answerWithinMs,
    retryStrategy: (times) => Math.min(retryEveryMs.first * 2 ** times, retryEveryMs.longest),
  });
  const become = (connected: boolean): void => {
    if (connected === isConnected) return;
    isConnected = connected;
    onState(connected);
    if (connected) log.info("Redis is there");
    else log.warn({ reason: problem }, "Redis is away: limits and live events are our own");
  };
  redis.on("ready", () => become(true));
  redis.on("close", () => become(false));
  redis.on("error", (error: Error) => {
    problem = error.message;
  });

  const refused = await redis.connect().then(
    () => null,
    (error: Error) => error,
  );
  const why = [refused?.message ?? "", refused === null ? "" : problem].find((message) =>
    refusals.test(message),
  );
  if (why !== undefined) {
    redis.disconnect();
    throw new CacheError(
      "cache.refused",
      `Redis does not let us in (${why}): correct user, password and number of the database in REDIS_URL`,
    );
  }
  return {
    redis,
    isConnected: () => isConnected,
    lastProblem: () => problem,
    onceConnected: (then) => {
      redis.once("ready", () => {
        then().catch((error: unknown) => log.warn({ err: error }, "Redis did not subscribe us"));
      });
    },
    close: () => redis.disconnect(),
  };
};
