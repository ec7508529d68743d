import { systemClock as clock } from "@lucid/platform/clock";
import { checkMongoUri } from "@lucid/platform/documents";
import { createLog } from "@lucid/platform/log";
import { settingsToProfile } from "@lucid/tron";
import { createOutsideIssuers } from "./access/index.ts";
import type { NodeManagementConfig } from "./config.ts";
import { readSignerPlace } from "./payer.ts";

/**
 * Looks at what no setting tells by itself: settings that need each other, and what a connection string must not
 * weaken. Throws what the start would: Fault `config.sign_in` or `config.signer`, TronError for a chain that is not told
 * enough, DocumentsError `documents.unsafe` or `documents.failed`.
 */
export const checkSettings = (config: NodeManagementConfig): void => {
  const log = createLog({ level: "silent", name: "settings" });
  createOutsideIssuers(config, { networkId: "any", clock, log });
  if (config.TRON_NETWORK !== "none") {
    settingsToProfile(config);
    readSignerPlace(config);
  }
  if (config.MONGODB_URI !== undefined) checkMongoUri(config.MONGODB_URI);
};
