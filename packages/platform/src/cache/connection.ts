import { Redis } from "ioredis";
import { CacheError } from "./error.ts";

export type Connection = {
  readonly redis: Redis;
  isConnected(): boolean;
  lastProblem(): string;
  close(): void;
};

type Options = {
  readonly url: string;
  /** Called whenever the connection was made or lost. */
  readonly onChange: () => void;
};

/** An answer that takes longer is as good as none: nobody waits for a cache. */
const answerWithinMs = 500;
/** One that does not come at all ends the connection: a server that hangs, or a network that swallows what is sent. */
const silentForMs = 1500;
/** So often it is asked whether it is there, also while nobody needs it. */
const beatMs = 2000;
const connectWithinMs = 2000;
const retryEveryMs = { first: 50, longest: 2000 };
/** What no patience helps against. */
const refusals = /^(WRONGPASS|NOAUTH|NOPERM|ERR AUTH|ERR invalid DB|ERR DB index)/;

/**
 * A connection that comes back by itself, however long Redis is away. Resolves after the first attempt, whatever came of
 * it, and throws `cache.refused` when Redis does not let us in.
 */
export const createConnection = async ({ url, onChange }: Options): Promise<Connection> => {
  let isConnected = false;
  let problem = "not connected yet";
  const redis = new Redis(url, {
    lazyConnect: true,
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    // Whoever listens says what it listens to with every connection.
    autoResubscribe: false,
    connectTimeout: connectWithinMs,
    commandTimeout: answerWithinMs,
    socketTimeout: silentForMs,
    retryStrategy: (times) => Math.min(retryEveryMs.first * 2 ** times, retryEveryMs.longest),
  });
  const become = (connected: boolean): void => {
    if (connected === isConnected) return;
    isConnected = connected;
    if (connected) problem = "it closed the connection";
    onChange();
  };
  redis.on("ready", () => become(true));
  redis.on("close", () => become(false));
  redis.on("error", (error: Error) => {
    problem = error.message;
  });
  const beat = setInterval(() => {
    // What comes of it is told by the connection, which ends without an answer.
    if (isConnected) redis.ping().catch(() => undefined);
  }, beatMs).unref();
  const close = (): void => {
    clearInterval(beat);
    redis.disconnect();
  };

  const refused = await redis.connect().then(
    () => null,
    (error: Error) => error,
  );
  const why = [refused?.message ?? "", refused === null ? "" : problem].find((message) =>
    refusals.test(message),
  );
  if (why !== undefined) {
    close();
    throw new CacheError(
      "cache.refused",
      `Redis does not let us in (${why}): correct user, password and number of the database in REDIS_URL`,
    );
  }
  return { redis, isConnected: () => isConnected, lastProblem: () => problem, close };
};
