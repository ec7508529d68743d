export { CacheError } from "./error.ts";
export { inspectCache, type CacheView } from "./inspect.ts";
export { createMemoryCache } from "./memory.ts";
export { openCache } from "./open.ts";
export type * from "./port.ts";
