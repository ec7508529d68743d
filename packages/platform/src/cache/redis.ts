import { randomBytes } from "node:crypto";
import type { Redis } from "ioredis";
import { createChannels } from "./channels.ts";
import { createLink, type LinkDeps } from "./link.ts";
import type { Cache } from "./port.ts";

export type RedisCacheOptions = {
  /** redis://user:password@host:6379/0, or rediss:// over TLS. */
  readonly url: string;
  /** Stands before every key and channel, so that networks that share a server do not meet. */
  readonly prefix: string;
};

export type RedisCacheDeps = LinkDeps & {
  /** Serves while Redis is away. */
  readonly alone: Cache;
};

/** Counts and gives the window its end in one step; answers the sum and the ms that are left. */
const countScript = `
local sum = redis.call("INCRBY", KEYS[1], ARGV[1])
local left = redis.call("PTTL", KEYS[1])
if left < 0 then
  redis.call("PEXPIRE", KEYS[1], ARGV[2])
  left = tonumber(ARGV[2])
end
return {sum, left}`;

const originBytes = 8;

/** Redis answered, and asking again would be answered the same. */
const isRefusal = (error: unknown): error is Error =>
  error instanceof Error && error.name === "ReplyError";

/**
 * The cache that processes share through Redis. Whatever cannot be asked there is answered by `alone`. Throws CacheError
 * `cache.refused` when Redis refuses the user or password; one that is away is waited for in the background.
 */
export const createRedisCache = async (
  { alone, log, onState }: RedisCacheDeps,
  { url, prefix }: RedisCacheOptions,
): Promise<Cache> => {
  const origin = randomBytes(originBytes).toString("hex");
  const channels = createChannels();
  const nameOf = (name: string): string => `${prefix}:${name}`;
  const { commands, hearing, problem, refuse } = await createLink({ log, onState }, url);

  /** Whatever is not heard now is asked for again with the next connection. */
  const hear = async (names: readonly string[]): Promise<void> => {
    if (names.length === 0 || !hearing.isConnected()) return;
    try {
      await hearing.redis.subscribe(...names.map(nameOf));
      refuse("hearing", null);
    } catch (error) {
      if (isRefusal(error)) return refuse("hearing", `listening to ${prefix}:*: ${error.message}`);
      log.warn({ err: error }, "Redis did not subscribe us");
      hearing.redis.disconnect(true);
    }
  };
  hearing.redis.on("ready", () => void hear(channels.names()));

  hearing.redis.on("message", (channel: string, message: string) => {
    // Our own were told at once.
    if (message.startsWith(origin)) return;
    channels.tell(channel.slice(prefix.length + 1), message.slice(2 * originBytes));
  });

  const orAlone = async <R>(
    ask: (redis: Redis) => Promise<R>,
    answerAlone: () => Promise<R>,
  ): Promise<R> => {
    if (!commands.isConnected()) return answerAlone();
    try {
      const answer = await ask(commands.redis);
      refuse("asking", null);
      return answer;
    } catch (error) {
      log.debug({ err: error }, "Redis did not answer");
      if (isRefusal(error)) refuse("asking", error.message);
      return answerAlone();
    }
  };

  return {
    get: (key) =>
      orAlone(
        (redis) => redis.get(nameOf(key)),
        () => alone.get(key),
      ),
    set: (key, value, options) =>
      orAlone(
        async (redis) => void (await redis.set(nameOf(key), value, "PX", options.expireMs)),
        () => alone.set(key, value, options),
      ),
    count: (key, amount, options) =>
      orAlone(
        async (redis) => {
          const answer = await redis.eval(countScript, 1, nameOf(key), amount, options.windowMs);
          const [sum, leftMs] = answer as [number, number];
          return { sum, leftMs };
        },
        () => alone.count(key, amount, options),
      ),
    publish: (channel, message) => {
      channels.tell(channel, message);
      if (!commands.isConnected()) return;
      commands.redis.publish(nameOf(channel), `${origin}${message}`).catch((error: unknown) => {
        log.debug({ err: error }, "Redis did not take a message");
      });
    },
    subscribe: async (channel, listener) => {
      const subscription = channels.add(channel, listener);
      await hear([channel]);
      return subscription;
    },
    state: () => {
      const reason = problem();
      return reason === null
        ? { isShared: true, detail: "shared through Redis" }
        : {
            isShared: false,
            detail: `degraded: Redis is away (${reason}), limits and live events are this process's own`,
          };
    },
    [Symbol.asyncDispose]: async () => {
      commands.close();
      hearing.close();
      await alone[Symbol.asyncDispose]();
    },
  };
};
