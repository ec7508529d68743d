import { systemClock as clock } from "@lucid/platform/clock";
import { checkMongoUri } from "@lucid/platform/documents";
import { createLog } from "@lucid/platform/log";
import { createOutsideIssuers } from "./access/index.ts";
import type { NodeManagementConfig } from "./config.ts";

/**
 * Looks at what no setting tells by itself: settings that need each other, and what a connection string must not
 * weaken. Throws what the start would: Fault `config.sign_in`, DocumentsError `documents.unsafe` or `documents.failed`.
 */
export const checkSettings = (config: NodeManagementConfig): void => {
  const log = createLog({ level: "silent", name: "settings" });
  createOutsideIssuers(config, { networkId: "any", clock, log });
  if (config.MONGODB_URI !== undefined) checkMongoUri(config.MONGODB_URI);
};
