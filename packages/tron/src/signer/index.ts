export { configSchema, type SignerConfig } from "./config.ts";
export { exitCodeOf } from "./exit-code.ts";
export { SignerFault } from "./fault.ts";
export {
  acceptOlderJournal,
  acceptTransfer,
  initSigner,
  lowerFence,
  type RunningSigner,
  startSigner,
} from "./program.ts";
export { journalPath, parseMoment, readSettings, socketPath } from "./settings.ts";
export { checkJournal, copyJournal } from "./journal-copy.ts";
export type { SignerStatus } from "./status.ts";
