import type { Connection } from "./connection.ts";
import { CacheError } from "./error.ts";

export type CacheView = {
  readonly version: string;
  /** How long a PING took there and back. */
  readonly pingMs: number;
  /** What it may take; 0 for no limit. */
  readonly maxBytes: number;
  /** What it does at that limit: `noeviction` refuses writes, anything else forgets what we wrote. */
  readonly policy: string;
};

/** Looks a Redis over without changing it. Throws CacheError `cache.refused` or `cache.away`. */
export const inspectCache = async (url: string): Promise<CacheView> => {
  const { createConnection } = await import("./connection.ts");
  const connection = await createConnection({ url, onChange: () => undefined });
  try {
    return await readView(connection);
  } finally {
    connection.close();
  }
};

const readView = async (connection: Connection): Promise<CacheView> => {
  const { redis } = connection;
  if (!connection.isConnected())
    throw new CacheError("cache.away", `Redis is away: ${connection.lastProblem()}`);
  const startedMs = performance.now();
  await redis.ping();
  const pingMs = performance.now() - startedMs;
  const info = await redis.info();
  const field = (name: string): string =>
    new RegExp(`^${name}:(.*)$`, "m").exec(info)?.[1]?.trim() ?? "unknown";
  return {
    version: field("redis_version"),
    pingMs,
    maxBytes: Number(field("maxmemory")),
    policy: field("maxmemory_policy"),
  };
};
