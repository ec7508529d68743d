export { CacheError } from "./error.ts";
export { createMemoryCache } from "./memory.ts";
export { openCache, type CacheDeps, type CacheOptions } from "./open.ts";
export type * from "./port.ts";
