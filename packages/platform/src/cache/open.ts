import type { Clock } from "../clock/index.ts";
import type { Log } from "../log/index.ts";
import type { Metrics } from "../metrics/index.ts";
import { createMemoryCache } from "./memory.ts";
import type { Cache } from "./port.ts";

export type CacheDeps = {
  readonly clock: Pick<Clock, "monotonic">;
  readonly log: Log;
  readonly metrics: Pick<Metrics, "gauge" | "counter">;
};

export type CacheOptions = {
  /** Where Redis is; in memory without it. */
  readonly url?: string | undefined;
  readonly prefix: string;
};

/** Opens the cache that is configured; Redis' client is loaded only for it. Throws CacheError `cache.refused`. */
export const openCache = async (
  { clock, log, metrics }: CacheDeps,
  { url, prefix }: CacheOptions,
): Promise<Cache> => {
  const alone = createMemoryCache(clock);
  if (url === undefined) return alone;
  const connected = metrics.gauge("lucid_cache_connected", "1 while Redis is there, 0 while away");
  const lost = metrics.counter("lucid_cache_lost_total", "How often Redis was lost");
  connected.set(0);
  const onState = (isConnected: boolean): void => {
    connected.set(isConnected ? 1 : 0);
    if (!isConnected) lost.inc();
  };
  const { createRedisCache } = await import("./redis.ts");
  return createRedisCache({ alone, log, onState }, { url, prefix });
};
