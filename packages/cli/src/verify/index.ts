export { judge, toFailure } from "./judge.ts";
export { openSource } from "./open-source.ts";
export { createProgress } from "./progress.ts";
export { reportToText } from "./summary.ts";
export { openChains, type ChainOptions } from "./chains.ts";
export { createTransferCheck } from "./transfers.ts";
