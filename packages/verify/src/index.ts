export * from "./log/index.ts";
export { SourceError } from "./source.ts";
export type { ReadOptions, Source, SourceErrorCode } from "./source.ts";
export { openUrl } from "./sources/url.ts";
export type { UrlOptions } from "./sources/url.ts";
