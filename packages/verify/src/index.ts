export * from "./log/index.ts";
export { SourceError } from "./source.ts";
export type { ReadOptions, Source, SourceErrorCode } from "./source.ts";
export { openUrl } from "./sources/url.ts";
export type { UrlOptions } from "./sources/url.ts";
export type { LedgerBinding, TransferCheck, TransferVerdict } from "./checks/transfers.ts";
export * from "./report/index.ts";
export { verifyLog, verifySource } from "./verify.ts";
export type { VerifiableLog, VerifyOptions } from "./verify.ts";
