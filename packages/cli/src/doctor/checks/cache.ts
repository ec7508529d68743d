import { CacheError, type CacheView, inspectCache } from "@lucid/platform/cache";
import { failed, type Finding, fine, unknown, warning } from "@lucid/platform/checks";
import type { DoctorContext } from "../context.ts";

/** Whether Redis answers, lets us in and keeps what several replicas tell each other. */
export const checkCache = async ({ config }: Pick<DoctorContext, "config">): Promise<Finding> => {
  const { REDIS_URL: url } = config.service.values;
  if (url === undefined) return fine("in memory: REDIS_URL is not set");
  try {
    return judge(await inspectCache(url));
  } catch (error) {
    if (!(error instanceof CacheError)) throw error;
    return error.code === "cache.refused"
      ? failed(error.message, "correct REDIS_URL, or the user in Redis (ACL SETUSER)")
      : unknown(error.message, "start it, or correct REDIS_URL; without it each replica is alone");
  }
};

const judge = ({ version, pingMs, maxBytes, policy }: CacheView): Finding => {
  const words = `Redis ${version} answers in ${pingMs.toFixed(1)} ms`;
  if (policy === "noeviction" || maxBytes === 0) return fine(words);
  return warning(
    `${words}, and forgets what it was told above ${Math.round(maxBytes / 2 ** 20)} MiB (maxmemory-policy ${policy})`,
    "redis-cli CONFIG SET maxmemory-policy noeviction, and the same in redis.conf",
  );
};
